import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { scheduleListing, schedulePage } from './pricing-plan-schedule.listing.js';
import {
  type ScheduleCreateRequest,
  scheduleCreateRequest,
  scheduleReadQuery,
  scheduleResponse,
  type ScheduleUpdateRequest,
  scheduleUpdateRequest,
  type ScheduleWriteQuery,
  scheduleWriteQuery,
  toWire,
} from './pricing-plan-schedule.wire.js';
import { PricingPlanSchedulesService } from './pricing-plan-schedules.service.js';

@ApiTags('pricingPlanSchedules')
@Controller('v1/pricing-plan-schedules')
export class PricingPlanSchedulesController {
  constructor(
    private readonly schedules: PricingPlanSchedulesService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('PRICING_PLAN_SCHEDULE.VIEW', 'QUOTE.PRICING_PLAN_SCHEDULE.VIEW')
  @ApiOkResponse({ standardSchema: schedulePage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: scheduleListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.schedules.byIds(platformId, ids)).map(toWire);
    return this.pages.read(scheduleListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('PRICING_PLAN_SCHEDULE.CREATE', 'QUOTE.PRICING_PLAN_SCHEDULE.CREATE')
  @ApiCreatedResponse({ standardSchema: scheduleResponse })
  async create(
    @PlatformId() platformId: string,
    @Query({ schema: scheduleWriteQuery }) query: ScheduleWriteQuery,
    @Body({ schema: scheduleCreateRequest }) body: ScheduleCreateRequest,
  ) {
    return toWire(await this.schedules.create(platformId, body, query));
  }

  @Get(':resourceId')
  @RequiresPermission('PRICING_PLAN_SCHEDULE.VIEW', 'QUOTE.PRICING_PLAN_SCHEDULE.VIEW')
  @ApiOkResponse({ standardSchema: scheduleResponse })
  async get(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: scheduleReadQuery }) _query: object,
  ) {
    return toWire(await this.schedules.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('PRICING_PLAN_SCHEDULE.UPDATE', 'QUOTE.PRICING_PLAN_SCHEDULE.UPDATE')
  @ApiOkResponse({ standardSchema: scheduleResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: scheduleWriteQuery }) query: ScheduleWriteQuery,
    @Body({ schema: scheduleUpdateRequest }) body: ScheduleUpdateRequest,
  ) {
    return toWire(await this.schedules.patch(platformId, id, body, query));
  }

  @Delete(':resourceId')
  @RequiresPermission('PRICING_PLAN_SCHEDULE.DELETE')
  @ApiOkResponse({ standardSchema: scheduleResponse })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.schedules.delete(platformId, id));
  }
}
