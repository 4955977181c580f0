import { type ApiClient } from './demo/api-client.js';

interface FinalInvoiceMail {
  from: { name: string; email: string };
  reply_to?: { email: string };
  bcc_recipients?: string[];
  /** More of the action's block `invoice`. */
  invoice?: { include_customer_contacts_as_cc?: boolean };
}

/** Integration, ACTIVE workflow INVOICE/TO_FINAL and its ACTIVE action: one mail per invoice, with PDF and payment link. */
export async function mailFinalInvoices(
  api: ApiClient,
  { invoice = {}, ...envelope }: FinalInvoiceMail,
): Promise<void> {
  const integration = await api.call('POST', '/integrations', {
    reference: 'system-mail',
    name: 'System mail',
    type: 'EMAIL_PROVIDER',
    status: 'ACTIVE',
    email_provider: { variant: 'SYSTEM' },
  });
  const workflow = await api.call('POST', '/workflows', {
    reference: 'invoice-is-final',
    name: 'Invoice is final',
    type: 'INVOICE',
    status: 'ACTIVE',
    invoice: { variant: 'TO_FINAL' },
  });
  await api.call('POST', '/workflow-actions', {
    workflow_id: workflow.id,
    type: 'SEND_EMAIL_TO_CUSTOMER',
    status: 'ACTIVE',
    send_email_to_customer: {
      integration_id: integration.id,
      template_name: 'invoice-final',
      variant: 'INVOICE',
      invoice: { type: 'TO_FINAL', include_pdf: true, include_payment_link: true, ...invoice },
      ...envelope,
    },
  });
}
