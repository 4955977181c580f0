import { z } from 'zod';

/** `name:key,name:key` → a platform and its administrator key each. */
const namedKeys = z.string().transform((text, context) =>
  text.split(',').map((entry) => {
    const [name, key, ...rest] = entry.split(':').map((part) => part.trim());
    if (!name || !key || rest.length > 0) {
      context.addIssue({ code: 'custom', message: 'must read <platform name>:<key>,<platform name>:<key>' });
    }
    return { name: name ?? '', key: key ?? '' };
  }),
);

const wholeNumber = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
};

export const apiConfig = z.object({
  /** 0 takes any free port. */
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('0.0.0.0'),
  /** Where customers and clients reach this API; links in answers and in mails begin with it. */
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  /** Database connections of this process. */
  DATABASE_CONNECTIONS: wholeNumber(2, 200).default(10),
  /** Administrator key of the platform "Default", made at the first start. */
  BOOTSTRAP_API_KEY: z.string().optional(),
  BOOTSTRAP_API_KEYS: namedKeys.default([]),
  /** Encrypts the secrets of integrations. Without it none can be stored. */
  ENCRYPTION_KEY: z.string().min(32, 'must have at least 32 characters: openssl rand -hex 32').optional(),
  /** Requests per minute of one key or user, in this process; 0 is no limit. */
  RATE_LIMIT_PER_MINUTE: wholeNumber(0, 1_000_000).default(0),
  /** How long an access token of POST /v1/oauth/token is good for. */
  ACCESS_TOKEN_MINUTES: wholeNumber(1, 1_440).default(60),
  /** Bearer tokens of this OpenID Connect issuer are accepted, when they are for OIDC_AUDIENCE. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  OIDC_AUDIENCE: z.string().optional(),
  /** Claim with the names of roles; dots lead into objects. */
  OIDC_ROLES_CLAIM: z.string().default('roles'),
  /** The platform on which the claim's names are roles; without it they read `<platform>/<role>`. */
  OIDC_PLATFORM: z.string().optional(),
  /** The SYSTEM integration is usable when it is set. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
  /** Webhooks may lead into private networks (10.0.0.0/8, localhost, …). For installations whose every client is trusted. */
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: z.stringbool().default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
});

export type ApiConfig = z.output<typeof apiConfig>;

/** Injection token of the parsed configuration. */
export const API_CONFIG = Symbol('ApiConfig');
