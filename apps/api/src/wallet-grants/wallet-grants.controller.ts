import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { type RecordQuery, recordQuery } from '../wire/record-query.js';
import { walletGrantListing } from './wallet-grant.listing.js';
import {
  toWire,
  type WalletGrantCreateRequest,
  walletGrantCreateRequest,
  walletGrantPage,
  walletGrantResponse,
} from './wallet-grant.wire.js';
import { WalletGrantsService } from './wallet-grants.service.js';

@ApiTags('walletGrants')
@Controller('v1/wallet-grants')
export class WalletGrantsController {
  constructor(
    private readonly grants: WalletGrantsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('WALLET_GRANT.VIEW')
  @ApiOkResponse({ standardSchema: walletGrantPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: walletGrantListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.grants.byIds(platformId, ids)).map(toWire);
    return this.pages.read(walletGrantListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('WALLET_GRANT.CREATE')
  @ApiCreatedResponse({ standardSchema: walletGrantResponse })
  async create(
    @PlatformId() platformId: string,
    @Query({ schema: recordQuery }) { record_only: recordOnly }: RecordQuery,
    @Body({ schema: walletGrantCreateRequest }) body: WalletGrantCreateRequest,
  ) {
    return toWire(await this.grants.create(platformId, body, { starts: recordOnly !== 'true' }));
  }

  @Get(':resourceId')
  @RequiresPermission('WALLET_GRANT.VIEW')
  @ApiOkResponse({ standardSchema: walletGrantResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.grants.get(platformId, id));
  }
}
