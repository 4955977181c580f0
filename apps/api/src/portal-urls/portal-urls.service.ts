import { Injectable } from '@nestjs/common';
import {
  changePortalUrl,
  createPortalUrl,
  type PortalUrlRow,
  portalUrlTable,
  revokePortalUrl,
} from '#billing/portal-urls/portal-url';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { checkPortalUrl } from './portal-url-rules.js';
import { type PortalUrlCreateRequest, type PortalUrlUpdateRequest } from './portal-url.wire.js';

@Injectable()
export class PortalUrlsService {
  constructor(private readonly database: Database) {}

  async create(platformId: string, body: PortalUrlCreateRequest): Promise<PortalUrlRow> {
    const document = checkPortalUrl(body);
    return this.database.transaction((tx) => createPortalUrl(tx, platformId, document));
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<PortalUrlRow> {
    const row = await findResource(this.database.client, portalUrlTable, platformId, { id });
    if (!row) throw DomainError.notFound('PORTAL_URL', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<PortalUrlRow[]> {
    return resourcesByIds(this.database.client, portalUrlTable, platformId, ids);
  }

  async patch(platformId: string, id: string, patch: PortalUrlUpdateRequest): Promise<PortalUrlRow> {
    return this.database.transaction((tx) => changePortalUrl(tx, platformId, id, patch, checkPortalUrl));
  }

  async revoke(platformId: string, id: string): Promise<PortalUrlRow> {
    return this.database.transaction((tx) => revokePortalUrl(tx, platformId, id));
  }
}
