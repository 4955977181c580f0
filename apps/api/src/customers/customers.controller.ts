import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { type SearchRequest, searchRequest } from '../http/listing-search.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { identifierOf, type UpsertQuery, upsertQuery } from '../http/upsert.js';
import { customerListing } from './customer.listing.js';
import {
  type CustomerCreateRequest,
  customerCreateRequest,
  customerPage,
  customerResponse,
  type CustomerUpdateRequest,
  customerUpdateRequest,
  type CustomerUpsertRequest,
  customerUpsertRequest,
  toWire,
} from './customer.wire.js';
import { draftsOnly } from './drafts-only.js';
import { CustomersService } from './customers.service.js';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomersService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('CUSTOMER.VIEW')
  @ApiOkResponse({ standardSchema: customerPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: customerListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.pages.read(customerListing, { platformId, query, url, load: this.loader(platformId) });
  }

  @Post()
  @RequiresPermission('CUSTOMER.CREATE')
  @ApiCreatedResponse({ standardSchema: customerResponse })
  async create(@PlatformId() platformId: string, @Body({ schema: customerCreateRequest }) body: CustomerCreateRequest) {
    return toWire(await this.customers.create(platformId, body));
  }

  @Put()
  @HttpCode(201)
  @RequiresPermission('CUSTOMER.CREATE', 'CUSTOMER.UPDATE', 'CUSTOMER.STATUS.DRAFT.UPDATE')
  @ApiCreatedResponse({ standardSchema: customerResponse })
  async upsert(
    @Caller() caller: Caller,
    @Query({ schema: upsertQuery }) query: UpsertQuery,
    @Body({ schema: customerUpsertRequest }) body: CustomerUpsertRequest,
  ) {
    const options = { identifier: identifierOf(query), drafts: draftsOnly(caller, 'CUSTOMER.UPDATE') };
    return toWire(await this.customers.upsert(caller.platformId, body, options));
  }

  @Post('search')
  @HttpCode(200)
  @RequiresPermission('CUSTOMER.VIEW')
  @ApiOkResponse({ standardSchema: customerPage })
  async search(
    @PlatformId() platformId: string,
    @Query({ schema: customerListing.searchQuery }) query: ListQuery,
    @Body({ schema: searchRequest }) search: SearchRequest,
    @RequestUrl() url: URL,
  ) {
    return this.pages.read(customerListing, { platformId, query, search, url, load: this.loader(platformId) });
  }

  @Get(':resourceIdOrReference')
  @RequiresPermission('CUSTOMER.VIEW')
  @ApiOkResponse({ standardSchema: customerResponse })
  async get(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.customers.get(platformId, idOrReference));
  }

  @Patch(':resourceIdOrReference')
  @RequiresPermission('CUSTOMER.UPDATE', 'CUSTOMER.STATUS.DRAFT.UPDATE')
  @ApiOkResponse({ standardSchema: customerResponse })
  async patch(
    @Caller() caller: Caller,
    @Param('resourceIdOrReference') idOrReference: string,
    @Body({ schema: customerUpdateRequest }) body: CustomerUpdateRequest,
  ) {
    const drafts = draftsOnly(caller, 'CUSTOMER.UPDATE');
    return toWire(await this.customers.patch(caller.platformId, idOrReference, body, drafts));
  }

  @Delete(':resourceIdOrReference')
  @RequiresPermission('CUSTOMER.DELETE', 'CUSTOMER.STATUS.DRAFT.DELETE')
  @ApiOkResponse({ standardSchema: customerResponse, description: 'The customer as he was.' })
  async delete(@Caller() caller: Caller, @Param('resourceIdOrReference') idOrReference: string) {
    const drafts = draftsOnly(caller, 'CUSTOMER.DELETE');
    return toWire(await this.customers.delete(caller.platformId, idOrReference, drafts));
  }

  @Post(':resourceIdOrReference/activate')
  @HttpCode(200)
  @RequiresPermission('CUSTOMER.UPDATE', 'CUSTOMER.STATUS.DRAFT.UPDATE')
  @ApiOkResponse({ standardSchema: customerResponse })
  async activate(@Caller() caller: Caller, @Param('resourceIdOrReference') idOrReference: string) {
    const drafts = draftsOnly(caller, 'CUSTOMER.UPDATE');
    return toWire(await this.customers.setStatus(caller.platformId, idOrReference, 'ACTIVE', drafts));
  }

  @Post(':resourceIdOrReference/deprecate')
  @HttpCode(200)
  @RequiresPermission('CUSTOMER.UPDATE')
  @ApiOkResponse({ standardSchema: customerResponse })
  async deprecate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.customers.setStatus(platformId, idOrReference, 'DEPRECATED'));
  }

  @Post(':resourceIdOrReference/archive')
  @HttpCode(200)
  @RequiresPermission('CUSTOMER.UPDATE')
  @ApiOkResponse({ standardSchema: customerResponse })
  async archive(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.customers.setStatus(platformId, idOrReference, 'ARCHIVED'));
  }

  @Post(':resourceIdOrReference/forget')
  @HttpCode(200)
  @RequiresPermission('CUSTOMER.UPDATE')
  @ApiOkResponse({ standardSchema: customerResponse, description: 'What is left of the customer.' })
  async forget(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.customers.forget(platformId, idOrReference));
  }

  private loader(platformId: string) {
    return async (ids: string[]) => (await this.customers.byIds(platformId, ids)).map(toWire);
  }
}
