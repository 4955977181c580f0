import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { webhookEventListing } from './webhook-event.listing.js';
import { toWire, webhookEventPage, webhookEventResponse } from './webhook-event.wire.js';
import { WebhookEventsService } from './webhook-events.service.js';

@ApiTags('webhookEvents')
@Controller('v1/webhook-events')
export class WebhookEventsController {
  constructor(
    private readonly events: WebhookEventsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('WEBHOOK_EVENT.VIEW')
  @ApiOkResponse({ standardSchema: webhookEventPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: webhookEventListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.events.byIds(platformId, ids)).map(toWire);
    return this.pages.read(webhookEventListing, { platformId, query, url, load });
  }

  @Get(':resourceId')
  @RequiresPermission('WEBHOOK_EVENT.VIEW')
  @ApiOkResponse({ standardSchema: webhookEventResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.events.get(platformId, id));
  }

  @Post(':resourceId/resend')
  @HttpCode(200)
  @RequiresPermission('WEBHOOK_EVENT_RESEND')
  @ApiOkResponse({ standardSchema: webhookEventResponse })
  async resend(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.events.resend(platformId, id));
  }
}
