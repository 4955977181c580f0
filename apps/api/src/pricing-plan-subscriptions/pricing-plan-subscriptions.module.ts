import { Module } from '@nestjs/common';
import { ExpansionModule } from '../expansion/expansion.module.js';
import { PricingPlanSubscriptionsController } from './pricing-plan-subscriptions.controller.js';
import { PricingPlanSubscriptionsService } from './pricing-plan-subscriptions.service.js';

@Module({
  imports: [ExpansionModule],
  controllers: [PricingPlanSubscriptionsController],
  providers: [PricingPlanSubscriptionsService],
})
export class PricingPlanSubscriptionsModule {}
