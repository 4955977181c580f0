import { type EmailProvider } from '../email-provider.js';
import { SmtpProvider, type SmtpOptions } from './smtp/smtp-provider.js';

export type ProviderOptions = SmtpOptions;

/**
 * Every way to send mail that an integration can name. A new one is a folder beside this file and a line here.
 * Nothing is connected until something is sent.
 */
export function emailProviders(options: ProviderOptions): readonly EmailProvider[] {
  return [new SmtpProvider(options)];
}
