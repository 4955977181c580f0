import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type PaymentRow } from '#billing/payments/payment.repository';
import { PlatformId } from '../http/caller.js';
import { expands, type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { type RecordQuery, recordQuery } from '../wire/record-query.js';
import { paymentListing } from './payment.listing.js';
import {
  type PaymentCreateRequest,
  paymentCreateRequest,
  paymentPage,
  paymentResponse,
  toWire,
} from './payment.wire.js';
import { PaymentsService } from './payments.service.js';

const expandQuery = z.object({ 'expand[]': z.array(z.string()).optional(), expand: z.string().optional() });

@ApiTags('payments')
@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('PAYMENT.VIEW')
  @ApiOkResponse({ standardSchema: paymentPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: paymentListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => this.expanded(platformId, await this.payments.byIds(platformId, ids), query);
    return this.pages.read(paymentListing, { platformId, query, url, load });
  }

  @Post()
  @HttpCode(200)
  @RequiresPermission('PAYMENT.CREATE')
  @ApiOkResponse({ standardSchema: paymentResponse })
  async create(
    @PlatformId() platformId: string,
    @Query({ schema: recordQuery }) query: RecordQuery,
    @Body({ schema: paymentCreateRequest }) body: PaymentCreateRequest,
  ) {
    return toWire(await this.payments.create(platformId, body, query.record_only === 'true'));
  }

  @Get(':resourceId')
  @RequiresPermission('PAYMENT.VIEW')
  @ApiOkResponse({ standardSchema: paymentResponse })
  async get(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: expandQuery }) query: z.output<typeof expandQuery>,
  ) {
    const [payment] = await this.expanded(platformId, [await this.payments.get(platformId, id)], query);
    return payment;
  }

  private async expanded(platformId: string, rows: PaymentRow[], query: Pick<ListQuery, 'expand' | 'expand[]'>) {
    const wanted = expands({ page: 1, limit: 1, order_direction: 'desc', ...query }, 'customer_id');
    const customers = wanted ? await this.payments.customersOf(platformId, rows) : new Map<string, object>();
    return rows.map((row) => toWire(row, customers.get(row.customerId ?? '')));
  }
}
