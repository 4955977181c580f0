import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { Database, type Transaction } from '#database/database';
import { findAnswer, keepAnswer, type RepeatableRequest, takeRequest } from '#journal/idempotency-records';
import { DomainError } from '#kernel/errors';
import { bodyOf, statusOf } from '../http/api-error.filter.js';
import { reachesOutside } from './reaches-outside.js';
import { repeatableRequest } from './repeatable-request.js';
import { withoutSecrets } from './shown-once.js';

interface Answer {
  status: number;
  body: unknown;
  replayed?: boolean;
}

/** Refusals that stay what they are: asking again with the same key gives the same. Others may be corrected (a.10). */
const KEPT_REFUSALS = [403, 404, 409];

/**
 * Answers a request that carries an `Idempotency-Key` once: the effect and the record of its answer are one transaction, so
 * that after any crash either both are there or none is. Its twin in flight is refused at once; a later one gets the
 * recorded answer (docs/adr/0013).
 */
@Injectable()
export class Idempotency implements NestInterceptor {
  constructor(private readonly database: Database) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const asked = repeatableRequest(context.switchToHttp().getRequest<FastifyRequest>());
    if (!asked) return next.handle();
    const outside = reachesOutside(context.getHandler());
    const handle = async (): Promise<Answer> => {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      return { status: reply.statusCode, body };
    };
    try {
      const answer = await (outside ? this.beside(asked, handle) : this.within(asked, handle));
      if (answer.replayed) reply.header('Idempotent-Replayed', 'true');
      reply.status(answer.status);
      return of(answer.body);
    } catch (error) {
      const refused = error instanceof DomainError || error instanceof HttpException;
      if (!refused) reply.header('Idempotency-Retryable', String(!outside));
      throw error;
    }
  }

  /** The handler's transactions become parts of the one that keeps the answer. */
  private async within(asked: RepeatableRequest, handle: () => Promise<Answer>): Promise<Answer> {
    return this.database.asOne((tx) =>
      // A refusal is kept without what the handler had written before it.
      answerOnce(tx, asked, () => keepingRefusals(() => this.database.transaction(handle))),
    );
  }

  /** The handler works by itself; the transaction of the answer only holds off its twins. */
  private async beside(asked: RepeatableRequest, handle: () => Promise<Answer>): Promise<Answer> {
    const outcome = await this.database.transaction(async (tx) => {
      // A failure is not thrown here, where it might start the transaction anew, and with it what reached outside already.
      const [settled] = await Promise.allSettled([answerOnce(tx, asked, () => keepingRefusals(handle))]);
      return settled;
    });
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }
}

async function answerOnce(tx: Transaction, asked: RepeatableRequest, answer: () => Promise<Answer>): Promise<Answer> {
  if (!(await takeRequest(tx, asked))) {
    const message = 'The first request with this Idempotency-Key is still being worked on; ask again in a moment.';
    throw new DomainError('IDEMPOTENCY_CHECK_FAILED', message, { inFlight: true });
  }
  const known = await findAnswer(tx, asked);
  if (known && known.fingerprint !== asked.fingerprint) {
    const message = 'This Idempotency-Key was used for another body or query; use a new key for a new request.';
    throw new DomainError('IDEMPOTENCY_CHECK_FAILED', message);
  }
  if (known) {
    return { status: known.status, body: known.body === null ? undefined : JSON.parse(known.body), replayed: true };
  }
  const given = await answer();
  const body = given.body === undefined ? null : withoutSecrets(given.body);
  await keepAnswer(tx, asked, { status: given.status, body });
  return given;
}

async function keepingRefusals(handle: () => Promise<Answer>): Promise<Answer> {
  try {
    return await handle();
  } catch (error) {
    if (!(error instanceof DomainError) || !KEPT_REFUSALS.includes(statusOf(error))) throw error;
    return { status: statusOf(error), body: bodyOf(error) };
  }
}
