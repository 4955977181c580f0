import { isJsonObject, type JsonObject } from '../resources/merge-patch.js';
import { type Secrets } from './secret-box.js';

/** Where `authentication` of the contract holds secrets, and under which name each is sealed. */
const SECRET_FIELDS = [
  ['api_key', 'value', 'api_key'],
  ['client_credentials', 'client_secret', 'client_secret'],
  ['username_password', 'password', 'password'],
] as const;

/**
 * Parts a request into what may be stored in the clear and what is sealed.
 * @returns `secrets` holds those that the request states; null says to forget one.
 */
export function partSecrets(body: JsonObject): { open: JsonObject; secrets: Record<string, string | null> } {
  const { authentication } = body;
  const secrets: Record<string, string | null> = {};
  if (!isJsonObject(authentication)) return { open: body, secrets };
  const visible = { ...authentication };
  for (const [block, field, name] of SECRET_FIELDS) {
    const stated = authentication[block];
    if (stated === null) secrets[name] = null;
    if (!isJsonObject(stated)) continue;
    const { [field]: secret, ...rest } = stated;
    if (typeof secret === 'string' || secret === null) secrets[name] = secret;
    visible[block] = rest;
  }
  return { open: { ...body, authentication: visible }, secrets };
}

/** `current` with what a request states: texts replace, nulls forget. */
export function mergeSecrets(current: Secrets, stated: Record<string, string | null>): Secrets {
  const merged = Object.entries({ ...current, ...stated });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null));
}
