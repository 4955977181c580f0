import { Module } from '@nestjs/common';
import { PricingPlanSchedulesController } from './pricing-plan-schedules.controller.js';
import { PricingPlanSchedulesService } from './pricing-plan-schedules.service.js';

@Module({ controllers: [PricingPlanSchedulesController], providers: [PricingPlanSchedulesService] })
export class PricingPlanSchedulesModule {}
