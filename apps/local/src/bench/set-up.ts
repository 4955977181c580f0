import { type ApiClient } from '../demo/api-client.js';
import { mailFinalInvoices } from '../mail-final-invoices.js';

export const SENDER = { name: 'Noorderlicht Billing', email: 'billing@noorderlicht.example' };

export async function setUpWorkflow(api: ApiClient): Promise<void> {
  await mailFinalInvoices(api, { from: SENDER });
}
