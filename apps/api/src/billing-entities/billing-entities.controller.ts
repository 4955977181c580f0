import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { identifierOf, type UpsertQuery, upsertQuery } from '../http/upsert.js';
import { billingEntityListing } from './billing-entity.listing.js';
import {
  type BillingEntityCreateRequest,
  billingEntityCreateRequest,
  billingEntityPage,
  billingEntityResponse,
  type BillingEntityUpdateRequest,
  billingEntityUpdateRequest,
  type BillingEntityUpsertRequest,
  billingEntityUpsertRequest,
  toWire,
} from './billing-entity.wire.js';
import { BillingEntitiesService } from './billing-entities.service.js';

@ApiTags('billingEntities')
@Controller('v1/billing-entities')
export class BillingEntitiesController {
  constructor(
    private readonly billingEntities: BillingEntitiesService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('BILLING_ENTITY.VIEW')
  @ApiOkResponse({ standardSchema: billingEntityPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: billingEntityListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.billingEntities.byIds(platformId, ids)).map(toWire);
    return this.pages.read(billingEntityListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('BILLING_ENTITY.CREATE')
  @ApiCreatedResponse({ standardSchema: billingEntityResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: billingEntityCreateRequest }) body: BillingEntityCreateRequest,
  ) {
    return toWire(await this.billingEntities.create(platformId, body));
  }

  @Put()
  @HttpCode(201)
  @RequiresPermission('BILLING_ENTITY.CREATE', 'BILLING_ENTITY.UPDATE')
  @ApiCreatedResponse({ standardSchema: billingEntityResponse })
  async upsert(
    @PlatformId() platformId: string,
    @Query({ schema: upsertQuery }) query: UpsertQuery,
    @Body({ schema: billingEntityUpsertRequest }) body: BillingEntityUpsertRequest,
  ) {
    return toWire(await this.billingEntities.upsert(platformId, body, identifierOf(query)));
  }

  @Get(':resourceIdOrReference')
  @RequiresPermission('BILLING_ENTITY.VIEW')
  @ApiOkResponse({ standardSchema: billingEntityResponse })
  async get(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.billingEntities.get(platformId, idOrReference));
  }

  @Patch(':resourceIdOrReference')
  @RequiresPermission('BILLING_ENTITY.UPDATE')
  @ApiOkResponse({ standardSchema: billingEntityResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceIdOrReference') idOrReference: string,
    @Body({ schema: billingEntityUpdateRequest }) body: BillingEntityUpdateRequest,
  ) {
    return toWire(await this.billingEntities.patch(platformId, idOrReference, body));
  }
}
