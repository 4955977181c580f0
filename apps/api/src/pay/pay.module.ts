import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { linkSecret } from '#billing/payment-links/link-secret';
import { PayLinks } from '#billing/payment-links/pay-link';
import { Database } from '#database/database';
import { InvoicePrinter } from '#documents/invoice-printer';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { PayController } from './pay.controller.js';
import { PayService } from './pay.service.js';

/** Payment links and the page behind them; and the printer, since a document carries its link. */
@Module({
  controllers: [PayController],
  providers: [
    PayService,
    {
      provide: PayLinks,
      inject: [Database, API_CONFIG],
      useFactory: async (database: Database, config: ApiConfig) =>
        new PayLinks(
          await linkSecret(database, config.ENCRYPTION_KEY),
          config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
        ),
    },
    { provide: InvoicePrinter, useFactory: () => new InvoicePrinter() },
  ],
  exports: [PayLinks, InvoicePrinter],
})
export class PayModule implements OnApplicationShutdown {
  constructor(private readonly printer: InvoicePrinter) {}

  async onApplicationShutdown(): Promise<void> {
    await this.printer.close();
  }
}
