import { isJsonObject, type JsonObject, textOf } from '../resources/merge-patch.js';
import { type Secrets } from './secret-box.js';

/** How to reach a mail server, as the SMTP provider's schema of credentials takes it; parts that are unset are absent. */
export interface SmtpSettings {
  host?: unknown;
  port?: unknown;
  secure?: unknown;
  requireTls?: unknown;
  allowInvalidCertificate?: unknown;
  username?: string;
  password?: string;
}

/** The settings of an integration of variant SMTP, put together from its document and its opened secrets. */
export function smtpSettings(document: JsonObject, secrets: Secrets): SmtpSettings {
  const provider = isJsonObject(document.email_provider) ? document.email_provider : {};
  const smtp = isJsonObject(provider.smtp) ? provider.smtp : {};
  const authentication = isJsonObject(document.authentication) ? document.authentication : {};
  const login = isJsonObject(authentication.username_password) ? authentication.username_password : {};
  return {
    host: smtp.host,
    port: smtp.port ?? (smtp.secure === true ? 465 : 587),
    secure: smtp.secure ?? false,
    requireTls: smtp.require_tls,
    allowInvalidCertificate: smtp.allow_invalid_certificate,
    username: textOf(login, 'username') ?? undefined,
    password: secrets.password,
  };
}
