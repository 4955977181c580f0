import { signatureHeaders, type SigningKeys } from './signature.js';

/** How an endpoint is reached, as on the wire. */
export interface EndpointSettings {
  url?: string | null;
  authentication_type?: string | null;
  username?: string | null;
  api_header_field?: string | null;
}

/** What an endpoint keeps secret, by the names on the wire. */
export interface EndpointSecrets extends SigningKeys {
  password?: string;
  api_key?: string;
}

export const API_KEY_HEADER = 'X-API-KEY';

/**
 * What is sent: the payload to the byte, signed, with the endpoint's own authentication.
 * @param payload JSON.
 */
export function endpointRequest(
  settings: EndpointSettings,
  secrets: EndpointSecrets,
  payload: string,
  { rolledAt, now }: { rolledAt: Date | null; now: Date },
): { url: string; body: string; headers: Record<string, string> } {
  return {
    url: settings.url ?? '',
    body: payload,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'billing-workflows-webhooks/1',
      ...authenticationHeaders(settings, secrets),
      ...signatureHeaders(payload, secrets, rolledAt, now),
    },
  };
}

function authenticationHeaders(
  settings: EndpointSettings,
  { password, api_key: apiKey }: EndpointSecrets,
): Record<string, string> {
  const { authentication_type: type, username, api_header_field: header } = settings;
  if (type === 'PASSWORD') {
    return { authorization: `Basic ${Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64')}` };
  }
  return type === 'API_KEY' && apiKey !== undefined ? { [header ?? API_KEY_HEADER]: apiKey } : {};
}
