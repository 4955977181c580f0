import { DomainError } from '#kernel/errors';
import { z } from 'zod';

/** What an SMTP integration stores. */
export const smtpCredentials = z.object({
  /** Name or address of the mail server. */
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[\p{L}\p{N}.:_-]+$/u, 'Give a host name or an IP address.'),
  port: z.int().min(1).max(65535),
  /** TLS from the first byte, as on port 465. Otherwise STARTTLS is used where the server offers it. */
  secure: z.boolean(),
  /** Send nothing unless STARTTLS succeeds. Absent: yes when there is a password and the server is not on this machine. */
  requireTls: z.boolean().optional(),
  /** Accept a certificate that cannot be verified, e.g. a self-signed one inside a private network. */
  allowInvalidCertificate: z.boolean().optional(),
  username: z.string().min(1).max(512).optional(),
  password: z.string().min(1).max(1024).optional(),
});

export type SmtpCredentials = z.infer<typeof smtpCredentials>;

const FORM = 'smtp://user:password@host:587 or smtps://user:password@host:465';
const SWITCHES = ['requireTls', 'allowInvalidCertificate'] as const;

/**
 * Reads `smtp://` and `smtps://` URLs, as in `SMTP_URL`. User and password are percent-encoded; the port is 587 or 465
 * unless given; `?requireTls=true` and `?allowInvalidCertificate=true` are understood.
 * @throws {DomainError} says what is wrong and never repeats the URL, which holds the password.
 */
export function smtpCredentialsFromUrl(url: string): SmtpCredentials {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !['smtp:', 'smtps:'].includes(parsed.protocol)) throw refusal(`It has the form ${FORM}.`);
  if (parsed.pathname.length > 1 || parsed.hash !== '')
    throw refusal(`It ends after the port. It has the form ${FORM}.`);
  const secure = parsed.protocol === 'smtps:';
  const result = smtpCredentials.safeParse({
    host: decoded(parsed.hostname).replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || (secure ? 465 : 587)),
    secure,
    username: decoded(parsed.username) || undefined,
    password: decoded(parsed.password) || undefined,
    ...switches(parsed.searchParams),
  });
  if (!result.success) {
    throw refusal(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  return result.data;
}

/** Whether a connection without TLS is to be given up: a password does not cross a network in the clear unasked. */
export function tlsRequired(credentials: SmtpCredentials): boolean {
  if (credentials.requireTls !== undefined) return credentials.requireTls;
  return credentials.password !== undefined && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(credentials.host);
}

function switches(params: URLSearchParams): Record<string, boolean> {
  return Object.fromEntries(
    [...params].map(([name, value]) => {
      const known = SWITCHES.find((candidate) => candidate === name);
      if (!known) throw refusal(`It knows ${SWITCHES.join(' and ')} behind the question mark, not “${name}”.`);
      if (value !== 'true' && value !== 'false') throw refusal(`${known} is true or false.`);
      return [known, value === 'true'];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refusal('A % in it is written %25.');
  }
}

function refusal(why: string): DomainError {
  return DomainError.invalidField('smtp_url', `The SMTP URL cannot be used. ${why}`);
}
