import { mailFinalInvoices } from '../mail-final-invoices.js';
import { type ApiClient } from './api-client.js';

type Json = Record<string, unknown>;

/** Mails for people to look at: a reply address, a blind copy, contacts as copies. */
export async function setUpWorkflow(api: ApiClient): Promise<void> {
  await mailFinalInvoices(api, {
    from: { name: 'Billing', email: 'billing@example.com' },
    reply_to: { email: 'questions@example.com' },
    bcc_recipients: ['archive@example.com'],
    invoice: { include_customer_contacts_as_cc: true },
  });
}

/** The invoice's parties as resources of their own, two contacts, and a way to pay where the invoice states none. */
export async function setUpParties(api: ApiClient, invoice: Json): Promise<void> {
  const customer = await api.call('PUT', '/customers', invoice.customer);
  for (const [n, first_name] of ['Ada', 'Grace'].entries()) {
    await api.call('POST', '/contacts', {
      reference: `contact-${n + 1}`,
      customer_id: customer.id,
      name: { first_name, last_name: 'Example' },
      email: `${first_name.toLowerCase()}@example.com`,
    });
  }
  if (!invoice.billing_entity) return;
  const seller = await api.call('PUT', '/billing-entities', invoice.billing_entity);
  await api.call('POST', '/payment-acceptors', {
    reference: 'demo',
    billing_entity_id: seller.id,
    status: 'ACTIVE',
    ...wayToPay(invoice),
  });
}

/** A document that is not ours gets no bank account that it does not state. */
function wayToPay(invoice: Json): Json {
  return invoice.purchase_order_number === 'PO-7781'
    ? {
        type: 'BANK_ACCOUNT',
        name: 'Bank transfer',
        bank_account: { type: 'IBAN', iban: 'NL91ABNA0417164300', bic: 'ABNANL2A' },
      }
    : { type: 'CUSTOM_REDIRECT', name: 'Pay online', custom_redirect: { url: 'https://pay.example.com/' } };
}

/** Records the invoice as it is, and makes it FINAL when it is not. @returns its id. */
export async function recordInvoice(api: ApiClient, invoice: Json): Promise<string> {
  const recorded = await api.call<{ id: string; status: string }>('PUT', '/invoices', invoice);
  if (recorded.status !== 'FINAL') await api.call('PATCH', `/invoices/${recorded.id}`, { status: 'FINAL' });
  return recorded.id;
}
