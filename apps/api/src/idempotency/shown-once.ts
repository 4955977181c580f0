/** Members of answers that are shown to whoever made them, once: a repeated answer comes without them (e.14). */
const SHOWN_ONCE = new Set([
  'api_key',
  'secret_key',
  'client_secret',
  'password',
  'access_token',
  'refresh_token',
  'id_token',
]);

/** An answer as JSON, fit to be kept. */
export function withoutSecrets(answer: unknown): string {
  return JSON.stringify(answer, (name, value: unknown) => (SHOWN_ONCE.has(name) ? undefined : value));
}
