import { Module } from '@nestjs/common';
import { PaymentAcceptorsController } from './payment-acceptors.controller.js';
import { PaymentAcceptorsService } from './payment-acceptors.service.js';

@Module({ controllers: [PaymentAcceptorsController], providers: [PaymentAcceptorsService] })
export class PaymentAcceptorsModule {}
