import { apiKeyDocs } from '../api-keys/api-key.docs.js';
import { auditRecordDocs } from '../audit-records/audit-record.docs.js';
import { billingEntityDocs } from '../billing-entities/billing-entity.docs.js';
import { contactDocs } from '../contacts/contact.docs.js';
import { customerDocs } from '../customers/customer.docs.js';
import { executionDocs } from '../executions/execution.docs.js';
import { integrationDocs } from '../integrations/integration.docs.js';
import { invoiceDocs } from '../invoices/invoice.docs.js';
import { oauthDocs } from '../oauth/oauth.docs.js';
import { paymentAcceptorDocs } from '../payment-acceptors/payment-acceptor.docs.js';
import { paymentDocs } from '../payments/payment.docs.js';
import { portalUrlDocs } from '../portal-urls/portal-url.docs.js';
import { scheduleDocs } from '../pricing-plan-schedules/pricing-plan-schedule.docs.js';
import { subscriptionDocs } from '../pricing-plan-subscriptions/pricing-plan-subscription.docs.js';
import { roleDocs } from '../roles/role.docs.js';
import { walletGrantDocs } from '../wallet-grants/wallet-grant.docs.js';
import { walletTypeDocs } from '../wallet-types/wallet-type.docs.js';
import { walletDocs } from '../wallets/wallet.docs.js';
import { webhookEventDocs } from '../webhook-events/webhook-event.docs.js';
import { webhookDocs } from '../webhooks/webhook.docs.js';
import { workflowActionDocs } from '../workflow-actions/workflow-action.docs.js';
import { workflowTriggerDocs } from '../workflow-triggers/workflow-trigger.docs.js';
import { workflowDocs } from '../workflows/workflow.docs.js';
import { type Chapter } from './chapter.js';

/** The tags in the order in which they are read: what is done, about what, by whom. */
export const CHAPTERS: readonly Chapter[] = [
  workflowDocs,
  workflowActionDocs,
  workflowTriggerDocs,
  executionDocs,
  customerDocs,
  contactDocs,
  billingEntityDocs,
  invoiceDocs,
  paymentDocs,
  paymentAcceptorDocs,
  portalUrlDocs,
  subscriptionDocs,
  scheduleDocs,
  walletDocs,
  walletTypeDocs,
  walletGrantDocs,
  integrationDocs,
  webhookDocs,
  webhookEventDocs,
  apiKeyDocs,
  roleDocs,
  auditRecordDocs,
  oauthDocs,
];
