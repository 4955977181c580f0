import { Injectable } from '@nestjs/common';
import { type AuditRecord, Database } from '#database/database';
import { DomainError } from '#kernel/errors';

@Injectable()
export class AuditRecordsService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<AuditRecord> {
    const [row] = await this.byIds(platformId, [id]);
    if (!row) throw DomainError.notFound('AUDIT_RECORD', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<AuditRecord[]> {
    return this.database.client.auditRecord.findMany({ where: { platformId, id: { in: ids } } });
  }
}
