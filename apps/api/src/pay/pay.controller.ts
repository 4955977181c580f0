import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { PAY_PAGE_HEADERS } from './pay-frame.js';
import { PayService } from './pay.service.js';

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
    const { status, html } = await this.pay.page(token, languages?.split(/[,;]/)[0] ?? 'en');
    await reply.status(status).headers(PAY_PAGE_HEADERS).send(html);
  }
}
