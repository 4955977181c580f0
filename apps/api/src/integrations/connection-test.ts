import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { mergeSecrets } from '#billing/integrations/authentication';
import { type IntegrationRow } from '#billing/integrations/integration';
import { openSecrets } from '#billing/integrations/secret-box';
import { smtpSettings } from '#billing/integrations/smtp-settings';
import { smtpCredentials, smtpCredentialsFromUrl } from '#email/providers/smtp/smtp-credentials';
import { SmtpProvider } from '#email/providers/smtp/smtp-provider';
import { DomainError } from '#kernel/errors';
import { PermanentFailure } from '#kernel/failures';
import { API_CONFIG, type ApiConfig } from '../api.config.js';

const TIMEOUT_MS = 10_000;

export interface TestResult {
  successful: boolean;
  /** What the other side said, or what is missing, for people. */
  message: string;
}

/** Tries whether mail can leave through an integration. The one place from which the API calls other people's servers. */
@Injectable()
export class ConnectionTest implements OnApplicationShutdown {
  private readonly provider = new SmtpProvider({ timeoutMs: TIMEOUT_MS, maxConnections: 1 });

  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  /**
   * @param stated secrets to try in place of the stored ones; null says to try without.
   * @throws DomainError INVALID_OPERATION for variants that this version does not serve.
   */
  async run(integration: IntegrationRow, stated: Record<string, string | null> = {}): Promise<TestResult> {
    const { variant } = integration;
    if (variant === 'SYSTEM') return this.system();
    if (variant === 'SMTP') return this.smtp(integration, stated);
    const through = variant ?? 'an integration without email_provider.variant';
    throw DomainError.invalidOperation(
      `Sending through ${through} is not supported by this version; use SYSTEM or SMTP.`,
      {
        field: 'email_provider.variant',
        resourceType: 'INTEGRATION',
        resourceId: integration.id,
      },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.provider.close();
  }

  /** Tries the mail server of this installation. */
  async system(): Promise<TestResult> {
    const { SMTP_URL } = this.config;
    if (SMTP_URL === undefined) {
      return { successful: false, message: 'This installation has no mail server: its operator sets SMTP_URL.' };
    }
    return this.provider.verify(smtpCredentialsFromUrl(SMTP_URL));
  }

  private async smtp(
    { document, secrets }: IntegrationRow,
    stated: Record<string, string | null>,
  ): Promise<TestResult> {
    try {
      const opened = secrets === null ? {} : openSecrets(secrets, this.config.ENCRYPTION_KEY);
      const credentials = smtpCredentials.safeParse(smtpSettings(document, mergeSecrets(opened, stated)));
      if (credentials.success) return await this.provider.verify(credentials.data);
      return { successful: false, message: 'The settings are incomplete: email_provider.smtp needs at least a host.' };
    } catch (error) {
      if (error instanceof PermanentFailure) return { successful: false, message: error.message };
      throw error;
    }
  }
}
