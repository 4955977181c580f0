import { AsyncLocalStorage } from 'node:async_hooks';
import { type FastifyInstance } from 'fastify';
import { DomainError } from '#kernel/errors';

/** What becomes of fields in a body that the operation does not know. */
interface BodyHandling {
  /** They are refused; else they are left out and named in the answer. */
  strict: boolean;
  /** Dotted paths, in the order of the body. */
  ignored: string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    bodyHandling?: BodyHandling;
  }
}

/** The contract's request schemas have them as read-only: who sends back what he read has made no mistake. */
const READ_ONLY = ['object_type', 'id', 'created_at', 'updated_at'];
/** So many are named, each by so many characters: a header is no place for more. */
const NAMED = 20;
const NAME_LENGTH = 100;

const current = new AsyncLocalStorage<BodyHandling>();

/**
 * Fields that an operation does not know or that are read-only are left out (e.3), and `X-Ignored-Fields` names them. With
 * `Prefer: handling=strict` (RFC 7240) an unknown one is refused.
 */
export function handleUnknownFields(server: FastifyInstance): void {
  server.addHook('preValidation', (request, reply, done) => {
    const strict = prefersStrict(request.headers.prefer);
    if (strict) reply.header('Preference-Applied', 'handling=strict');
    request.bodyHandling = { strict, ignored: [] };
    current.run(request.bodyHandling, done);
  });

  server.addHook('onSend', (request, reply, _payload, done) => {
    const ignored = request.bodyHandling?.ignored ?? [];
    if (ignored.length > 0) reply.header('X-Ignored-Fields', headerList(ignored));
    done();
  });
}

/**
 * Notes what a schema left out of the body that this request brought.
 * @throws DomainError INVALID_FIELD for the first unknown field when the caller wants it so.
 */
export function noteIgnoredFields(stated: unknown, kept: unknown): void {
  const handling = current.getStore();
  if (!handling) return;
  handling.ignored = [...lost(stated, kept, [])].map((path) => path.join('.'));
  if (!handling.strict) return;
  const unknown = handling.ignored.find((path) => !READ_ONLY.includes(path.split('.').at(-1) ?? ''));
  if (unknown === undefined) return;
  handling.ignored = [];
  const message = `There is no field ${unknown} here; remove it, or leave out Prefer: handling=strict to have it ignored.`;
  throw DomainError.invalidField(unknown, message);
}

/** Paths of members that are in `stated` and not in `kept`. */
function* lost(stated: unknown, kept: unknown, path: string[]): Generator<string[]> {
  if (!isContainer(stated) || !isContainer(kept)) return;
  for (const [name, member] of Object.entries(stated)) {
    const here = [...path, name];
    if (Object.hasOwn(kept, name)) yield* lost(member, kept[name], here);
    else yield here;
  }
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The last preference of its name does not count, the first does (RFC 7240, section 2). */
export function prefersStrict(prefer: string | string[] | undefined): boolean {
  const preferences = [prefer ?? []].flat().join(',').split(',');
  const handling = preferences
    .map((preference) => /^\s*handling\s*=\s*"?([a-z]+)"?\s*(;|$)/i.exec(preference)?.[1])
    .find((value) => value !== undefined);
  return handling?.toLowerCase() === 'strict';
}

function headerList(paths: string[]): string {
  const named = paths.slice(0, NAMED).map((path) => encodeURIComponent(withoutHalf(path.slice(0, NAME_LENGTH))));
  return [...named, ...(paths.length > NAMED ? [`and ${paths.length - NAMED} more`] : [])].join(', ');
}

/** Cutting may have left half of a surrogate pair at the end. */
function withoutHalf(text: string): string {
  return text.replace(/\p{Surrogate}$/u, '');
}
