import { Module } from '@nestjs/common';
import { BillingEntitiesController } from './billing-entities.controller.js';
import { BillingEntitiesService } from './billing-entities.service.js';

@Module({ controllers: [BillingEntitiesController], providers: [BillingEntitiesService] })
export class BillingEntitiesModule {}
