/** Keys whose values never reach a log, in lower case: what opens doors, and whom a mail goes to. */
const HIDDEN = new Set([
  // Credentials.
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'apikey',
  'api_key',
  'password',
  'pass',
  'secret',
  'token',
  'credentials',
  'database_url',
  'queue_url',
  'smtp_url',
  'encryption_key',
  'bootstrap_api_key',
  'bootstrap_api_keys',
  // Addresses.
  'email',
  'to',
  'cc',
  'bcc',
  'from',
  'replyto',
  'reply_to',
  'recipient',
  'recipients',
  'to_recipients',
  'cc_recipients',
  'bcc_recipients',
  'envelope',
  'accepted',
  'rejected',
]);

/** Deeper than this nobody reads a log line. */
const MAX_DEPTH = 6;

/**
 * `fields` with the values of hidden keys replaced, wherever they stand; what is too deep is cut. Errors and other
 * objects that are no plain data are left to their serializers. The original stays as it is.
 *
 * Pino's own `redact` wants every path spelled out, and took 0.1 ms a line for these keys at four depths.
 */
export function redact(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redactEntry(key, value, 1)]));
}

function redactEntry(key: string, value: unknown, depth: number): unknown {
  return HIDDEN.has(key.toLowerCase()) && value !== undefined && value !== null
    ? '[redacted]'
    : redactValue(value, depth);
}

function redactValue(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return depth >= MAX_DEPTH ? '[…]' : value.map((item) => redactValue(item, depth + 1));
  if (!isPlain(value)) return value;
  if (depth >= MAX_DEPTH) return '[…]';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactEntry(key, inner, depth + 1)]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
