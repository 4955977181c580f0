import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PayLinks } from '#billing/payment-links/pay-link';
import { type PortalUrlRow } from '#billing/portal-urls/portal-url';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { portalUrlListing } from './portal-url.listing.js';
import {
  type PortalUrlCreateRequest,
  portalUrlCreateRequest,
  portalUrlPage,
  portalUrlResponse,
  type PortalUrlUpdateRequest,
  portalUrlUpdateRequest,
  toWire,
} from './portal-url.wire.js';
import { PortalUrlsService } from './portal-urls.service.js';

@ApiTags('portalUrls')
@Controller('v1/portal-urls')
export class PortalUrlsController {
  constructor(
    private readonly portalUrls: PortalUrlsService,
    private readonly pages: Pages,
    private readonly payLinks: PayLinks,
  ) {}

  @Get()
  @RequiresPermission('PORTAL_URL.VIEW')
  @ApiOkResponse({ standardSchema: portalUrlPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: portalUrlListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.portalUrls.byIds(platformId, ids)).map((row) => this.answer(row));
    return this.pages.read(portalUrlListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('PORTAL_URL.CREATE')
  @ApiCreatedResponse({ standardSchema: portalUrlResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: portalUrlCreateRequest }) body: PortalUrlCreateRequest,
  ) {
    return this.answer(await this.portalUrls.create(platformId, body));
  }

  @Get(':resourceId')
  @RequiresPermission('PORTAL_URL.VIEW')
  @ApiOkResponse({ standardSchema: portalUrlResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.answer(await this.portalUrls.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('PORTAL_URL.UPDATE')
  @ApiOkResponse({ standardSchema: portalUrlResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: portalUrlUpdateRequest }) body: PortalUrlUpdateRequest,
  ) {
    return this.answer(await this.portalUrls.patch(platformId, id, body));
  }

  @Post(':resourceId/revoke')
  @HttpCode(200)
  @RequiresPermission('PORTAL_URL.UPDATE')
  @ApiOkResponse({ standardSchema: portalUrlResponse })
  async revoke(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.answer(await this.portalUrls.revoke(platformId, id));
  }

  private answer(row: PortalUrlRow) {
    return toWire(row, this.payLinks, new Date());
  }
}
