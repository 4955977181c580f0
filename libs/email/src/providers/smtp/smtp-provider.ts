import { Failure } from '#kernel/failures';
import { type EmailProvider, type OutgoingMail, type SentMail } from '../../email-provider.js';
import { ConnectionPool, shuttingDown, type PoolLimits } from './connection-pool.js';
import { ConnectionLost } from './dialogue.js';
import { openConnection } from './open-connection.js';
import { smtpCredentials, type SmtpCredentials } from './smtp-credentials.js';
import { transact } from './transaction.js';

export interface SmtpOptions {
  /** For connecting, for each reply, for each 64 KiB of body that the server is to take, and for a free connection. */
  timeoutMs: number;
  /** At the same time, per integration version. 5 when absent. */
  maxConnections?: number;
  /** After which a connection is closed. 100 when absent. */
  maxMessagesPerConnection?: number;
  /** After which an unused connection is closed. 10 s when absent. */
  idleMs?: number;
  /** What EHLO says; this machine's name when absent. */
  clientName?: string;
}

/** Sends over SMTP, with a small pool of connections per integration version. */
export class SmtpProvider implements EmailProvider<SmtpCredentials> {
  readonly name = 'SMTP';
  readonly credentials = smtpCredentials;
  private readonly pools = new Map<string, ConnectionPool>();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly limits: PoolLimits;
  private closed = false;

  constructor(private readonly options: SmtpOptions) {
    this.limits = {
      maxConnections: options.maxConnections ?? 5,
      maxMessagesPerConnection: options.maxMessagesPerConnection ?? 100,
      idleMs: options.idleMs ?? 10_000,
      waitMs: options.timeoutMs,
    };
  }

  async send(
    mail: OutgoingMail,
    credentials: SmtpCredentials,
    key: string,
    gate: () => Promise<void>,
  ): Promise<SentMail> {
    if (this.closed) throw shuttingDown();
    const delivery = this.deliver(mail, () => this.pool(key, credentials), gate);
    this.underWay.add(delivery);
    try {
      return await delivery;
    } finally {
      this.underWay.delete(delivery);
    }
  }

  async verify(credentials: SmtpCredentials): Promise<{ successful: boolean; message: string }> {
    try {
      const { dialogue } = await this.open(credentials);
      dialogue.quit();
      return { successful: true, message: `The mail server ${credentials.host}:${credentials.port} lets us send.` };
    } catch (error) {
      if (error instanceof Failure) return { successful: false, message: error.message };
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const pool of this.pools.values()) pool.close();
    await Promise.allSettled(this.underWay);
  }

  private async deliver(mail: OutgoingMail, pool: () => ConnectionPool, gate: () => Promise<void>): Promise<SentMail> {
    const far = { gateAsked: false, reused: false };
    const attempt = (fresh: boolean): Promise<SentMail> =>
      pool().lend((connection, reused) => {
        far.reused = reused;
        return transact(connection.dialogue, connection.extensions, mail, () => {
          far.gateAsked = true;
          return gate();
        });
      }, fresh);
    try {
      return await attempt(false);
    } catch (error) {
      // A server may end a connection that was idle just as we take it up again: this says nothing about the mail, and
      // the gate has not been asked, so one more try on a new connection is safe and costs no attempt.
      if (far.gateAsked || !far.reused || !endsConnection(error)) throw error;
      return attempt(true);
    }
  }

  private pool(key: string, credentials: SmtpCredentials): ConnectionPool {
    const existing = this.pools.get(key);
    if (existing) return existing;
    // An empty pool goes, or every version of every integration would leave one behind.
    const pool = new ConnectionPool(
      (onLost) => this.open(credentials, onLost),
      this.limits,
      () => this.pools.delete(key),
    );
    this.pools.set(key, pool);
    return pool;
  }

  private open(credentials: SmtpCredentials, onLost?: () => void): ReturnType<typeof openConnection> {
    const { timeoutMs, clientName } = this.options;
    return openConnection(credentials, { timeoutMs, clientName, ...(onLost ? { onLost } : {}) });
  }
}

function endsConnection(error: unknown): boolean {
  return error instanceof Failure && error.cause instanceof ConnectionLost && error.cause.how !== 'TIMEOUT';
}
