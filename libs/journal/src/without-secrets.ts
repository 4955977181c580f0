/** Names under which resources carry what nobody may read twice. */
const SECRET_NAMES = new Set([
  'access_token',
  'api_key',
  'client_secret',
  'hash',
  'password',
  'previous_secret_key',
  'private_key',
  'secret',
  'secret_key',
  'secrets',
  'token',
  'token_alias',
]);

/** A copy of JSON without the texts that are secret by their names. A second line of defence: documents hold none. */
export function withoutSecrets<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutSecrets) as T;
  // Instants and alike are values, not containers.
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, member]) => !(SECRET_NAMES.has(name) && typeof member === 'string'),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutSecrets(member)])) as T;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
