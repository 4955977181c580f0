import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { auditRecordListing } from './audit-record.listing.js';
import { auditRecordPage, auditRecordResponse, toWire } from './audit-record.wire.js';
import { AuditRecordsService } from './audit-records.service.js';

@ApiTags('auditRecords')
@Controller('v1/audit-records')
export class AuditRecordsController {
  constructor(
    private readonly auditRecords: AuditRecordsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('AUDIT_RECORD.VIEW')
  @ApiOkResponse({ standardSchema: auditRecordPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: auditRecordListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.auditRecords.byIds(platformId, ids)).map(toWire);
    return this.pages.read(auditRecordListing, { platformId, query, url, load });
  }

  @Get(':resourceId')
  @RequiresPermission('AUDIT_RECORD.VIEW')
  @ApiOkResponse({ standardSchema: auditRecordResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.auditRecords.get(platformId, id));
  }
}
