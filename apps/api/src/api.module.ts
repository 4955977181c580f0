import { type DynamicModule, Module } from '@nestjs/common';
import { type ApiConfig } from './api.config.js';
import { AccessModule } from './access/access.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditRecordsModule } from './audit-records/audit-records.module.js';
import { BillingEntitiesModule } from './billing-entities/billing-entities.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { ExecutionsModule } from './executions/executions.module.js';
import { HttpModule } from './http/http.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { InvoicesModule } from './invoices/invoices.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { PaymentAcceptorsModule } from './payment-acceptors/payment-acceptors.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { PlatformsModule } from './platforms/platforms.module.js';
import { PortalUrlsModule } from './portal-urls/portal-urls.module.js';
import { PricingPlanSchedulesModule } from './pricing-plan-schedules/pricing-plan-schedules.module.js';
import { PricingPlanSubscriptionsModule } from './pricing-plan-subscriptions/pricing-plan-subscriptions.module.js';
import { RolesModule } from './roles/roles.module.js';
import { WalletGrantsModule } from './wallet-grants/wallet-grants.module.js';
import { WalletTypesModule } from './wallet-types/wallet-types.module.js';
import { WalletsModule } from './wallets/wallets.module.js';
import { WebhookEventsModule } from './webhook-events/webhook-events.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { WorkflowActionsModule } from './workflow-actions/workflow-actions.module.js';
import { WorkflowTriggersModule } from './workflow-triggers/workflow-triggers.module.js';
import { WorkflowsModule } from './workflows/workflows.module.js';

/** One line per resource. */
const RESOURCES = [
  AccessModule,
  ApiKeysModule,
  AuditRecordsModule,
  BillingEntitiesModule,
  ContactsModule,
  CustomersModule,
  ExecutionsModule,
  IntegrationsModule,
  InvoicesModule,
  OAuthModule,
  PaymentAcceptorsModule,
  PaymentsModule,
  PlatformsModule,
  PortalUrlsModule,
  PricingPlanSchedulesModule,
  PricingPlanSubscriptionsModule,
  RolesModule,
  WalletGrantsModule,
  WalletTypesModule,
  WalletsModule,
  WebhookEventsModule,
  WebhooksModule,
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
