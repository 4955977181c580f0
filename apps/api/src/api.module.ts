import { type DynamicModule, Module } from '@nestjs/common';
import { type ApiConfig } from './api.config.js';
import { BillingEntitiesModule } from './billing-entities/billing-entities.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { ExecutionsModule } from './executions/executions.module.js';
import { HttpModule } from './http/http.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { InvoicesModule } from './invoices/invoices.module.js';
import { PaymentAcceptorsModule } from './payment-acceptors/payment-acceptors.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { PlatformsModule } from './platforms/platforms.module.js';
import { WorkflowActionsModule } from './workflow-actions/workflow-actions.module.js';
import { WorkflowTriggersModule } from './workflow-triggers/workflow-triggers.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

/** One line per resource. */
const RESOURCES = [
  BillingEntitiesModule,
  ContactsModule,
  CustomersModule,
  ExecutionsModule,
  IntegrationsModule,
  InvoicesModule,
  PaymentAcceptorsModule,
  PaymentsModule,
  PlatformsModule,
  WorkflowActionsModule,
  WorkflowTriggersModule,
  WorkflowsModule,
];

@Module({})
export class ApiModule {
  static with(config: ApiConfig): DynamicModule {
    return { module: ApiModule, imports: [HttpModule.with(config), ...RESOURCES] };
  }
}
