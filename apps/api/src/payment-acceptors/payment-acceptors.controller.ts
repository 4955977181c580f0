import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { paymentAcceptorListing } from './payment-acceptor.listing.js';
import {
  type PaymentAcceptorCreateRequest,
  paymentAcceptorCreateRequest,
  paymentAcceptorPage,
  paymentAcceptorResponse,
  type PaymentAcceptorUpdateRequest,
  paymentAcceptorUpdateRequest,
  toWire,
} from './payment-acceptor.wire.js';
import { PaymentAcceptorsService } from './payment-acceptors.service.js';

@ApiTags('paymentAcceptors')
@Controller('v1/payment-acceptors')
export class PaymentAcceptorsController {
  constructor(
    private readonly paymentAcceptors: PaymentAcceptorsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('PAYMENT_ACCEPTOR.VIEW')
  @ApiOkResponse({ standardSchema: paymentAcceptorPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: paymentAcceptorListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.paymentAcceptors.byIds(platformId, ids)).map(toWire);
    return this.pages.read(paymentAcceptorListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('PAYMENT_ACCEPTOR.CREATE')
  @ApiCreatedResponse({ standardSchema: paymentAcceptorResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: paymentAcceptorCreateRequest }) body: PaymentAcceptorCreateRequest,
  ) {
    return toWire(await this.paymentAcceptors.create(platformId, body));
  }

  @Get(':resourceId')
  @RequiresPermission('PAYMENT_ACCEPTOR.VIEW')
  @ApiOkResponse({ standardSchema: paymentAcceptorResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.paymentAcceptors.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('PAYMENT_ACCEPTOR.UPDATE')
  @ApiOkResponse({ standardSchema: paymentAcceptorResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: paymentAcceptorUpdateRequest }) body: PaymentAcceptorUpdateRequest,
  ) {
    return toWire(await this.paymentAcceptors.patch(platformId, id, body));
  }

  @Delete(':resourceId')
  @RequiresPermission('PAYMENT_ACCEPTOR.DELETE')
  @ApiOkResponse({ standardSchema: paymentAcceptorResponse, description: 'The payment acceptor as it was.' })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.paymentAcceptors.delete(platformId, id));
  }
}
