import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { PAY_PAGE_HEADERS } from './pay-frame.js';
import { type PageAnswer, PayService } from './pay.service.js';

/** The page behind a payment link. Looking at it changes nothing. */
@ApiExcludeController()
@Controller('pay')
export class PayController {
  constructor(private readonly pay: PayService) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Headers('accept-language') languages: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(reply, await this.pay.page(token, firstOf(languages)));
  }

  /** One of the invoices of a customer whose link it is. */
  @Get(':token/:invoiceId')
  async showInvoice(
    @Param('token') token: string,
    @Param('invoiceId') invoiceId: string,
    @Headers('accept-language') languages: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(reply, await this.pay.page(token, firstOf(languages), invoiceId));
  }
}

async function send(reply: FastifyReply, { status, html }: PageAnswer): Promise<void> {
  await reply.status(status).headers(PAY_PAGE_HEADERS).send(html);
}

function firstOf(languages: string | undefined): string {
  return languages?.split(/[,;]/)[0] ?? 'en';
}
