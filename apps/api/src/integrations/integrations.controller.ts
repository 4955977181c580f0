import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { ReachesOutside } from '../idempotency/reaches-outside.js';
import { integrationListing } from './integration.listing.js';
import {
  authenticationRequest,
  type AuthenticationRequest,
  type IntegrationCreateRequest,
  integrationCreateRequest,
  integrationPage,
  integrationResponse,
  type IntegrationUpdateRequest,
  integrationUpdateRequest,
  testConnectionQuery,
  type TestConnectionQuery,
  testConnectionResponse,
  toWire,
} from './integration.wire.js';
import { IntegrationsService } from './integrations.service.js';

@ApiTags('integrations')
@Controller('v1/integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('INTEGRATION.VIEW')
  @ApiOkResponse({ standardSchema: integrationPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: integrationListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.integrations.byIds(platformId, ids)).map(toWire);
    return this.pages.read(integrationListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('INTEGRATION.CREATE')
  @ApiCreatedResponse({ standardSchema: integrationResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: integrationCreateRequest }) body: IntegrationCreateRequest,
  ) {
    return toWire(await this.integrations.create(platformId, body));
  }

  @Post('test-connection')
  @HttpCode(200)
  @ReachesOutside()
  @RequiresPermission('INTEGRATION.VIEW')
  @ApiOkResponse({ standardSchema: testConnectionResponse })
  testConnection(
    @PlatformId() platformId: string,
    @Query({ schema: testConnectionQuery }) query: TestConnectionQuery,
    @Body({ schema: authenticationRequest }) authentication: AuthenticationRequest,
  ) {
    return this.integrations.testConnection(platformId, query, authentication);
  }

  @Get(':resourceId')
  @RequiresPermission('INTEGRATION.VIEW')
  @ApiOkResponse({ standardSchema: integrationResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.integrations.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('INTEGRATION.UPDATE')
  @ApiOkResponse({ standardSchema: integrationResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: integrationUpdateRequest }) body: IntegrationUpdateRequest,
  ) {
    return toWire(await this.integrations.patch(platformId, id, body));
  }

  @Delete(':resourceId')
  @RequiresPermission('INTEGRATION.DELETE')
  @ApiOkResponse({ standardSchema: integrationResponse })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.integrations.delete(platformId, id));
  }

  @Post(':resourceId/activate')
  @HttpCode(200)
  @ReachesOutside()
  @RequiresPermission('INTEGRATION.UPDATE')
  @ApiOkResponse({ standardSchema: integrationResponse })
  async activate(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.integrations.activate(platformId, id));
  }

  @Post(':resourceId/deprecate')
  @HttpCode(200)
  @RequiresPermission('INTEGRATION.UPDATE')
  @ApiOkResponse({ standardSchema: integrationResponse })
  async deprecate(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.integrations.setStatus(platformId, id, 'DEPRECATED'));
  }

  @Post(':resourceId/archive')
  @HttpCode(200)
  @RequiresPermission('INTEGRATION.UPDATE')
  @ApiOkResponse({ standardSchema: integrationResponse })
  async archive(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.integrations.setStatus(platformId, id, 'ARCHIVED'));
  }
}
