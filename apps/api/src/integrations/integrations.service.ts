import { Inject, Injectable } from '@nestjs/common';
import {
  changeIntegration,
  createIntegration,
  deleteIntegration,
  type IntegrationRow,
  integrationTable,
  lockIntegration,
} from '#billing/integrations/integration';
import { mergePatch } from '#billing/resources/merge-patch';
import { partSecrets } from '#billing/integrations/authentication';
import { changeResource } from '#billing/resources/record-resource';
import { checkStatusChange } from '#billing/resources/resource-status';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { setResourceStatus } from '#billing/resources/set-resource-status';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { ConnectionTest, type TestResult } from './connection-test.js';
import { checkIntegration } from './integration-rules.js';
import {
  type AuthenticationRequest,
  type IntegrationCreateRequest,
  type IntegrationUpdateRequest,
  type TestConnectionQuery,
} from './integration.wire.js';

@Injectable()
export class IntegrationsService {
  constructor(
    private readonly database: Database,
    private readonly connectionTest: ConnectionTest,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  async create(platformId: string, { message: _, ...body }: IntegrationCreateRequest): Promise<IntegrationRow> {
    checkIntegration(body, null);
    return this.database.transaction((tx) => createIntegration(tx, platformId, body, this.config.ENCRYPTION_KEY));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<IntegrationRow> {
    const row = await findResource(this.database.client, integrationTable, platformId, { id });
    if (!row) throw DomainError.notFound('INTEGRATION', id);
    return row as IntegrationRow;
  }

  async byIds(platformId: string, ids: string[]): Promise<IntegrationRow[]> {
    return (await resourcesByIds(this.database.client, integrationTable, platformId, ids)) as IntegrationRow[];
  }

  async patch(
    platformId: string,
    id: string,
    { message: _, ...patch }: IntegrationUpdateRequest,
  ): Promise<IntegrationRow> {
    const options = { check: checkIntegration, encryptionKey: this.config.ENCRYPTION_KEY };
    return this.database.transaction((tx) => changeIntegration(tx, platformId, id, patch, options));
  }

  /** @returns the integration as it was. */
  async delete(platformId: string, id: string): Promise<IntegrationRow> {
    return this.database.transaction((tx) => deleteIntegration(tx, platformId, id));
  }

  /**
   * Tries the connection, outside any transaction, and records the outcome: ACTIVE, or ERROR with what went wrong as
   * `message`.
   */
  async activate(platformId: string, id: string): Promise<IntegrationRow> {
    const tested = await this.get(platformId, id);
    checkStatusChange('INTEGRATION', tested.status, 'ACTIVE');
    const { successful, message } = await this.connectionTest.run(tested);
    const outcome = successful ? { status: 'ACTIVE', message: null } : { status: 'ERROR', message };
    return this.database.transaction(async (tx) => {
      const before = await lockIntegration(tx, platformId, id);
      if (before.revision !== tested.revision) {
        throw DomainError.invalidOperation('The integration was changed while it was tried; activate it again.');
      }
      const document = mergePatch(before.document, outcome);
      const { row } = await changeResource(tx, integrationTable, before, document);
      return row as IntegrationRow;
    });
  }

  async setStatus(platformId: string, id: string, status: 'DEPRECATED' | 'ARCHIVED'): Promise<IntegrationRow> {
    const { row } = await this.database.transaction((tx) =>
      setResourceStatus(tx, integrationTable, platformId, id, status),
    );
    return row as IntegrationRow;
  }

  /**
   * Tries a connection without recording anything: that of the named integration, else that of this installation. Where mail
   * servers are is not the caller's to say here, so that whoever may only look cannot make us knock at foreign doors.
   *
   * @param authentication of the body; its secrets stand in for the stored ones.
   */
  async testConnection(
    platformId: string,
    { integration_type: type = 'EMAIL_PROVIDER', integration_id: id }: TestConnectionQuery,
    authentication: AuthenticationRequest,
  ): Promise<TestResult> {
    if (type !== 'EMAIL_PROVIDER') {
      const message = `This version serves integrations of type EMAIL_PROVIDER only, not ${type}.`;
      throw DomainError.invalidOperation(message, { field: 'integration_type' });
    }
    if (id === undefined) return this.connectionTest.system();
    const { open, secrets } = partSecrets({ authentication });
    const integration = await this.get(platformId, id);
    const document = mergePatch(integration.document, open);
    return this.connectionTest.run({ ...integration, document }, secrets);
  }
}
