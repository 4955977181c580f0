import { type Secrets } from '#billing/integrations/secret-box';
import { smtpSettings } from '#billing/integrations/smtp-settings';
import { type IntegrationFact, type MailFacts } from '#billing/mail-facts';
import { type SmtpCredentials, smtpCredentials, smtpCredentialsFromUrl } from '#email/providers/smtp/smtp-credentials';
import { type EmailProvider } from '#email/email-provider';
import { PermanentFailure } from '#kernel/failures';

/** Through what a mail leaves. */
export interface EmailRoute {
  integrationId: string;
  provider: EmailProvider;
  credentials: unknown;
  /** Names integration and version: a changed integration gets fresh connections. */
  key: string;
}

/** From integrations to providers and their credentials. */
export class EmailRoutes {
  private readonly system: SmtpCredentials | null;

  /**
   * @param systemUrl where integrations of the variant SYSTEM send; undefined when this worker has none.
   * @param readSecrets opens what an integration stores encrypted.
   */
  constructor(
    private readonly providers: readonly EmailProvider[],
    systemUrl: string | undefined,
    private readonly readSecrets: (secrets: string) => Secrets,
  ) {
    this.system = systemUrl === undefined ? null : smtpCredentialsFromUrl(systemUrl);
  }

  /** @throws {PermanentFailure} INTEGRATION_NOT_CONFIGURED */
  to({ integration }: Pick<MailFacts, 'integration'>): EmailRoute {
    if (!integration) throw unusable('The integration is gone.');
    const key = `${integration.id}@${integration.revision}`;
    const route = { integrationId: integration.id, provider: this.provider('SMTP'), key };
    switch (integration.variant) {
      case 'SYSTEM':
        if (!this.system) throw unusable('The SYSTEM integration needs SMTP_URL in the worker’s environment.');
        // Every SYSTEM integration of every platform shares the one server's connections.
        return { ...route, key: 'SYSTEM', credentials: this.system };
      case 'SMTP':
        return { ...route, credentials: this.smtp(integration) };
      case null:
      default:
        throw unusable(
          `This version cannot send through ${integration.variant ?? 'an integration without a variant'}.`,
        );
    }
  }

  private smtp({ document, secrets }: IntegrationFact): SmtpCredentials {
    const opened = secrets ? this.readSecrets(secrets) : {};
    const result = smtpCredentials.safeParse(smtpSettings(document, opened));
    if (!result.success) throw unusable('Its SMTP settings are incomplete; correct email_provider.smtp.');
    return result.data;
  }

  private provider(name: string): EmailProvider {
    const found = this.providers.find((provider) => provider.name === name);
    if (!found) throw unusable(`This version has no provider ${name}.`);
    return found;
  }
}

function unusable(why: string): PermanentFailure {
  return new PermanentFailure('INTEGRATION_NOT_CONFIGURED', `${why} Correct the integration and retry.`);
}
