import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { WEBHOOK_ACTIONS } from '#journal/webhook-actions';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { ReachesOutside } from '../idempotency/reaches-outside.js';
import { WebhookCalls } from './webhook-calls.js';
import { webhookListing } from './webhook.listing.js';
import {
  toWire,
  webhookActions,
  webhookConnectionResponse,
  type WebhookCreateRequest,
  webhookCreateRequest,
  webhookPage,
  webhookResponse,
  type WebhookUpdateRequest,
  webhookUpdateRequest,
} from './webhook.wire.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('webhooks')
@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly calls: WebhookCalls,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('WEBHOOK.VIEW')
  @ApiOkResponse({ standardSchema: webhookPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: webhookListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.webhooks.byIds(platformId, ids)).map((row) => toWire(row));
    return this.pages.read(webhookListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('WEBHOOK.CREATE')
  @ApiCreatedResponse({ standardSchema: webhookResponse })
  async create(@PlatformId() platformId: string, @Body({ schema: webhookCreateRequest }) body: WebhookCreateRequest) {
    const { webhook, secretKey } = await this.webhooks.create(platformId, body);
    return toWire(webhook, { secretKey });
  }

  @Get('actions')
  @RequiresPermission('WEBHOOK.VIEW')
  @ApiOkResponse({ standardSchema: webhookActions })
  actions(@Query({ schema: webhookListing.query }) _query: ListQuery) {
    return { data: WEBHOOK_ACTIONS.map(({ objectType, actions }) => ({ object_type: objectType, actions })) };
  }

  @Post('test-connection')
  @HttpCode(200)
  @ReachesOutside()
  @RequiresPermission('WEBHOOK.CREATE')
  @ApiOkResponse({ standardSchema: webhookConnectionResponse })
  async testConnection(@Body({ schema: webhookCreateRequest }) body: WebhookCreateRequest) {
    return this.calls.tryDescribed(body);
  }

  @Get(':resourceId')
  @RequiresPermission('WEBHOOK.VIEW')
  @ApiOkResponse({ standardSchema: webhookResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    const row = await this.webhooks.get(platformId, id);
    return toWire(row, { waiting: await this.webhooks.waiting(row) });
  }

  @Patch(':resourceId')
  @RequiresPermission('WEBHOOK.UPDATE')
  @ApiOkResponse({ standardSchema: webhookResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: webhookUpdateRequest }) body: WebhookUpdateRequest,
  ) {
    return toWire(await this.webhooks.patch(platformId, id, body));
  }

  @Delete(':resourceId')
  @RequiresPermission('WEBHOOK.DELETE')
  @ApiOkResponse({ standardSchema: webhookResponse })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.webhooks.delete(platformId, id));
  }

  @Patch(':resourceId/secret-key')
  @RequiresPermission('WEBHOOK.UPDATE')
  @ApiOkResponse({ standardSchema: webhookResponse })
  async roll(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: webhookUpdateRequest }) body: WebhookUpdateRequest,
  ) {
    const { webhook, secretKey } = await this.webhooks.roll(platformId, id, body.secret_key ?? null);
    return toWire(webhook, { secretKey });
  }

  @Delete(':resourceId/secret-key')
  @RequiresPermission('WEBHOOK.UPDATE')
  @ApiOkResponse({ standardSchema: webhookResponse })
  async removeKey(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.webhooks.removeKey(platformId, id));
  }

  @Post(':resourceId/send-test')
  @HttpCode(200)
  @ReachesOutside()
  @RequiresPermission('WEBHOOK.UPDATE')
  @ApiOkResponse({ standardSchema: webhookConnectionResponse })
  async sendTest(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.calls.tryStored(await this.webhooks.get(platformId, id));
  }

  @Post(':resourceId/send-penalty-box-payload')
  @HttpCode(200)
  @ReachesOutside()
  @RequiresPermission('WEBHOOK.UPDATE')
  @ApiOkResponse({ standardSchema: webhookConnectionResponse })
  async sendWaiting(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.calls.sendWaiting(await this.webhooks.get(platformId, id));
  }
}
