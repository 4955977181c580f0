import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { searchRequest, type SearchRequest } from '../http/listing-search.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { identifierOf, upsertQuery } from '../http/upsert.js';
import { type RecordQuery, recordQuery } from '../wire/record-query.js';
import { subscriptionListing } from './pricing-plan-subscription.listing.js';
import {
  type SubscriptionCancelRequest,
  subscriptionCancelRequest,
  type SubscriptionCreateRequest,
  subscriptionCreateRequest,
  subscriptionPage,
  subscriptionResponse,
  type SubscriptionUpdateRequest,
  subscriptionUpdateRequest,
  type SubscriptionUpsertRequest,
  subscriptionUpsertRequest,
} from './pricing-plan-subscription.wire.js';
import { type Expanding, PricingPlanSubscriptionsService } from './pricing-plan-subscriptions.service.js';

const readQuery = z.object({
  'expand[]': z.array(z.string().max(100)).max(50).optional().describe('Id fields to expand in line, or ALL.'),
  expand: z.string().max(1000).optional().describe('The same, separated by commas.'),
});
const putQuery = upsertQuery.extend(recordQuery.shape);
type PutQuery = z.output<typeof putQuery>;

@ApiTags('pricingPlanSubscriptions')
@Controller('v1/pricing-plan-subscriptions')
export class PricingPlanSubscriptionsController {
  constructor(private readonly subscriptions: PricingPlanSubscriptionsService) {}

  @Get()
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.VIEW', 'QUOTE.PRICING_PLAN_SUBSCRIPTION.VIEW')
  @ApiOkResponse({ standardSchema: subscriptionPage })
  list(
    @PlatformId() platformId: string,
    @Query({ schema: subscriptionListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.subscriptions.list(platformId, query, url);
  }

  @Post()
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.CREATE', 'QUOTE.PRICING_PLAN_SUBSCRIPTION.CREATE')
  @ApiCreatedResponse({ standardSchema: subscriptionResponse })
  create(
    @PlatformId() platformId: string,
    @Query({ schema: recordQuery }) query: RecordQuery,
    @Body({ schema: subscriptionCreateRequest }) body: SubscriptionCreateRequest,
  ) {
    return this.subscriptions.create(platformId, body, starts(query));
  }

  @Put()
  @HttpCode(201)
  @RequiresPermission(
    'PRICING_PLAN_SUBSCRIPTION.CREATE',
    'QUOTE.PRICING_PLAN_SUBSCRIPTION.CREATE',
    'PRICING_PLAN_SUBSCRIPTION.UPDATE',
    'QUOTE.PRICING_PLAN_SUBSCRIPTION.UPDATE',
  )
  @ApiCreatedResponse({ standardSchema: subscriptionResponse })
  upsert(
    @PlatformId() platformId: string,
    @Query({ schema: putQuery }) query: PutQuery,
    @Body({ schema: subscriptionUpsertRequest }) body: SubscriptionUpsertRequest,
  ) {
    return this.subscriptions.upsert(platformId, body, { identifier: identifierOf(query), starts: starts(query) });
  }

  @Post('search')
  @HttpCode(200)
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.VIEW')
  @ApiOkResponse({ standardSchema: subscriptionPage })
  search(
    @PlatformId() platformId: string,
    @Query({ schema: subscriptionListing.searchQuery }) query: ListQuery,
    @Body({ schema: searchRequest }) search: SearchRequest,
    @RequestUrl() url: URL,
  ) {
    return this.subscriptions.list(platformId, query, url, search);
  }

  @Get(':resourceId')
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.VIEW', 'QUOTE.PRICING_PLAN_SUBSCRIPTION.VIEW')
  @ApiOkResponse({ standardSchema: subscriptionResponse })
  get(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: readQuery }) expanding: Expanding,
  ) {
    return this.subscriptions.get(platformId, id, expanding);
  }

  @Patch(':resourceId')
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.UPDATE', 'QUOTE.PRICING_PLAN_SUBSCRIPTION.UPDATE')
  @ApiOkResponse({ standardSchema: subscriptionResponse })
  patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: recordQuery }) query: RecordQuery,
    @Body({ schema: subscriptionUpdateRequest }) body: SubscriptionUpdateRequest,
  ) {
    return this.subscriptions.patch(platformId, id, body, starts(query));
  }

  @Post(':resourceId/void')
  @HttpCode(200)
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.STATUS.UPDATE')
  @ApiOkResponse({ standardSchema: subscriptionResponse })
  void(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.subscriptions.setStatus(platformId, id, 'VOID');
  }

  @Post(':resourceId/archive')
  @HttpCode(200)
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.STATUS.UPDATE')
  @ApiOkResponse({ standardSchema: subscriptionResponse })
  archive(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.subscriptions.setStatus(platformId, id, 'ARCHIVED');
  }

  @Post(':resourceId/cancel')
  @HttpCode(200)
  @RequiresPermission('PRICING_PLAN_SUBSCRIPTION.CANCEL')
  @ApiOkResponse({ standardSchema: subscriptionResponse })
  cancel(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: subscriptionCancelRequest }) body: SubscriptionCancelRequest,
  ) {
    return this.subscriptions.cancel(platformId, id, body);
  }
}

function starts({ record_only }: RecordQuery): boolean {
  return record_only !== 'true';
}
