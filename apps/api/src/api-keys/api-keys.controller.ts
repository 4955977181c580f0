import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { apiKeyListing } from './api-key.listing.js';
import {
  type ApiKeyCreateRequest,
  apiKeyCreateRequest,
  apiKeyPage,
  apiKeyResponse,
  type ApiKeySearchRequest,
  apiKeySearchRequest,
  apiKeyUpdateRequest,
  toWire,
} from './api-key.wire.js';
import { ApiKeysService } from './api-keys.service.js';

@ApiTags('apikeys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly apiKeys: ApiKeysService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('USER.API.VIEW')
  @ApiOkResponse({ standardSchema: apiKeyPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: apiKeyListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.apiKeys.byIds(platformId, ids)).map((row) => toWire(row));
    return this.pages.read(apiKeyListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('USER.API.CREATE')
  @ApiCreatedResponse({ standardSchema: apiKeyResponse })
  async create(@Caller() caller: Caller, @Body({ schema: apiKeyCreateRequest }) body: ApiKeyCreateRequest) {
    const { row, key } = await this.apiKeys.create(caller, body);
    return toWire(row, key);
  }

  @Post('search')
  @HttpCode(200)
  @RequiresPermission('USER.API.VIEW')
  @ApiOkResponse({ standardSchema: apiKeyResponse })
  async search(@PlatformId() platformId: string, @Body({ schema: apiKeySearchRequest }) body: ApiKeySearchRequest) {
    return toWire(await this.apiKeys.find(platformId, body));
  }

  @Get(':resourceId')
  @RequiresPermission('USER.API.VIEW')
  @ApiOkResponse({ standardSchema: apiKeyResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.apiKeys.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('USER.API.UPDATE')
  @ApiOkResponse({ standardSchema: apiKeyResponse })
  async patch(
    @Caller() caller: Caller,
    @Param('resourceId') id: string,
    @Body({ schema: apiKeyUpdateRequest }) body: ApiKeyCreateRequest,
  ) {
    return toWire(await this.apiKeys.patch(caller, id, body));
  }
}
