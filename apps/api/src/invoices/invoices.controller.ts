import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { type SearchRequest, searchRequest } from '../http/listing-search.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { ofInvoice, paymentListing } from '../payments/payment.listing.js';
import { paymentPage, toWire as paymentToWire } from '../payments/payment.wire.js';
import { type RecordQuery, recordQuery } from '../wire/record-query.js';
import { invoiceListing } from './invoice.listing.js';
import { InvoicePdfService } from './invoice-pdf.service.js';
import {
  type InvoiceCreateRequest,
  invoiceCreateRequest,
  invoiceDocument,
  type InvoiceDocumentRequest,
  invoicePage,
  invoiceResponse,
  type InvoiceUpdateRequest,
  invoiceUpdateRequest,
  type SendByEmailRequest,
  sendByEmailRequest,
  toWire,
} from './invoice.wire.js';
import { InvoicesService } from './invoices.service.js';

const yesOrNo = z.enum(['true', 'false']).optional();
const withPeriods = z.object({ include_periods: yesOrNo, include_lines: yesOrNo });
const listQuery = z.intersection(invoiceListing.query, withPeriods);
const searchQuery = z.intersection(invoiceListing.searchQuery, withPeriods);
type InvoiceListQuery = ListQuery & { include_periods?: string; include_lines?: string };

@ApiTags('invoices')
@Controller('v1/invoices')
export class InvoicesController {
  constructor(
    private readonly invoices: InvoicesService,
    private readonly documents: InvoicePdfService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('INVOICE.VIEW')
  @ApiOkResponse({ standardSchema: invoicePage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: listQuery }) query: InvoiceListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.pages.read(invoiceListing, { platformId, query, url, load: this.loader(platformId, query) });
  }

  @Post()
  @HttpCode(200)
  @RequiresPermission('INVOICE.ONE_OFF.CREATE')
  @ApiOkResponse({ standardSchema: invoiceResponse })
  async create(
    @PlatformId() platformId: string,
    @Query({ schema: recordQuery }) query: RecordQuery,
    @Body({ schema: invoiceCreateRequest }) body: InvoiceCreateRequest,
  ) {
    return toWire(await this.invoices.create(platformId, body, { recordOnly: query.record_only === 'true' }));
  }

  @Put()
  @RequiresPermission('INVOICE.UPDATE', 'INVOICE.ONE_OFF.CREATE')
  @ApiOkResponse({ standardSchema: invoiceResponse, description: 'The invoice was there and is as handed over now.' })
  @ApiCreatedResponse({ standardSchema: invoiceResponse, description: 'The invoice is new.' })
  async put(
    @PlatformId() platformId: string,
    @Query({ schema: recordQuery }) query: RecordQuery,
    @Body({ schema: invoiceDocument }) body: InvoiceDocumentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { before, after } = await this.invoices.put(platformId, body, { recordOnly: query.record_only === 'true' });
    reply.status(before ? 200 : 201);
    return toWire(after);
  }

  @Post('search')
  @HttpCode(200)
  @RequiresPermission('INVOICE.VIEW')
  @ApiOkResponse({ standardSchema: invoicePage })
  async search(
    @PlatformId() platformId: string,
    @Query({ schema: searchQuery }) query: InvoiceListQuery,
    @Body({ schema: searchRequest }) search: SearchRequest,
    @RequestUrl() url: URL,
  ) {
    return this.pages.read(invoiceListing, { platformId, query, search, url, load: this.loader(platformId, query) });
  }

  @Get(':resourceId')
  @RequiresPermission('INVOICE.VIEW')
  @ApiOkResponse({ standardSchema: invoiceResponse })
  async get(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: z.object({ processing_only_customer_id: z.string().optional() }) }) _query: object,
  ) {
    return toWire(await this.invoices.get(platformId, id));
  }

  @Patch(':resourceId')
  @RequiresPermission('INVOICE.UPDATE')
  @ApiOkResponse({ standardSchema: invoiceResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: recordQuery }) query: RecordQuery,
    @Body({ schema: invoiceUpdateRequest }) body: InvoiceUpdateRequest,
  ) {
    return toWire(await this.invoices.patch(platformId, id, body, { recordOnly: query.record_only === 'true' }));
  }

  @Get(':resourceId/payments')
  @RequiresPermission('INVOICE.VIEW')
  @ApiOkResponse({ standardSchema: paymentPage })
  async payments(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Query({ schema: paymentListing.searchQuery }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    await this.invoices.get(platformId, id);
    const load = async (ids: string[]) =>
      (await this.invoices.paymentsByIds(platformId, ids)).map((row) => paymentToWire(row));
    return this.pages.read(paymentListing, { platformId, query, url, where: [ofInvoice(id)], load });
  }

  @Post(':resourceId/send_by_email')
  @HttpCode(200)
  @RequiresPermission('INVOICE.SEND_EMAIL')
  @ApiOkResponse({ standardSchema: invoiceResponse })
  async sendByEmail(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: sendByEmailRequest }) body: SendByEmailRequest,
  ) {
    return toWire(await this.invoices.sendByEmail(platformId, id, body.workflow_id ?? null));
  }

  @Post(':resourceId/archive')
  @HttpCode(200)
  @RequiresPermission('INVOICE.UPDATE')
  @ApiOkResponse({ standardSchema: invoiceResponse })
  async archive(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.invoices.patch(platformId, id, { status: 'ARCHIVED' }, { recordOnly: false }));
  }

  @Get(':resourceId/pdf')
  @RequiresPermission('INVOICE.PDF.DOWNLOAD')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'The document: the same bytes that mails carry.' })
  async pdf(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const invoice = await this.invoices.get(platformId, id);
    const bytes = await this.documents.pdf(invoice);
    reply.header('content-type', 'application/pdf');
    reply.header('content-disposition', `inline; filename="invoice-${invoice.id}.pdf"`);
    return Buffer.from(bytes);
  }

  private loader(platformId: string, query: InvoiceListQuery) {
    const isWhole = query.include_periods === 'true' || query.include_lines === 'true';
    return async (ids: string[]) => (await this.invoices.byIds(platformId, ids)).map((row) => toWire(row, isWhole));
  }
}
