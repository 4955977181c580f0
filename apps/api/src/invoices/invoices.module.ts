import { Module } from '@nestjs/common';
import { InvoicePdfService } from './invoice-pdf.service.js';
import { InvoicesController } from './invoices.controller.js';
import { InvoicesService } from './invoices.service.js';
import { PayModule } from '../pay/pay.module.js';

@Module({ imports: [PayModule], controllers: [InvoicesController], providers: [InvoicesService, InvoicePdfService] })
export class InvoicesModule {}
