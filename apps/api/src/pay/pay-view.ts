import { displayName, type MailFacts } from '#billing/mail-facts';
import { somethingToPay } from '#billing/payment-links/pay-link';
import { type StatedBankAccount, waysToPay } from '#billing/payment-links/ways-to-pay';
import { isCredit } from '#billing/invoices/invoice-document';
import { decimal } from '#kernel/amount';
import { calendarDays, firstZone } from '#kernel/local-time';
import { type PayBankAccount } from './bank-transfer.js';
import { type PayPageView } from './pay-page.js';

type Invoice = NonNullable<MailFacts['invoice']>;

/** What the pay page shows of an invoice as it is at `now`. */
export function payView(facts: MailFacts, invoice: Invoice, now: Date): PayPageView {
  const { customer, platform } = facts;
  const zone = firstZone(invoice.document.timezone, customer?.timezone, platform.timezone);
  const ways = waysToPay(invoice.document, facts.paymentAcceptors);
  return {
    locale: customer?.locale ?? platform.locale ?? 'en',
    zone,
    seller: paySeller(facts, invoice),
    customerName: customer && displayName(customer.document),
    invoice: payInvoice(invoice, zone, now),
    state: payState(invoice),
    bankAccounts: ways.bankAccounts.map(payBankAccount),
    redirects: ways.redirects,
  };
}

function paySeller({ billingEntity, platform }: MailFacts, { document }: Invoice): PayPageView['seller'] {
  const seller = document.billing_entity ?? billingEntity ?? {};
  return {
    name: text(seller.legal_name) ?? platform.name,
    email: text(seller.email),
    addressLines: addressLines(seller.registered_address),
  };
}

function payInvoice({ document, dueDate }: Invoice, zone: string, now: Date): PayPageView['invoice'] {
  return {
    number: text(document.invoice_number),
    date: text(document.invoice_date),
    dueDate: text(document.due_date),
    total: document.invoice_amount_including_tax ?? null,
    open: document.open_invoice_amount ?? { quantity: '0', currency: document.billing_currency ?? 'EUR' },
    isOverdue: dueDate !== null && calendarDays(dueDate, now, zone) > 0,
    pdfUrl: null,
  };
}

function payState(invoice: Invoice): PayPageView['state'] {
  if (somethingToPay(invoice)) return invoice.status === 'FINAL' ? 'OPEN' : 'NOT_PAYABLE';
  if (isCredit(invoice.type)) return 'NOTHING_TO_PAY';
  const isSettled = invoice.openAmount !== null && decimal(invoice.openAmount).lessThanOrEqualTo(0);
  if (!isSettled) return 'NOT_PAYABLE';
  const total = invoice.document.invoice_amount_including_tax?.quantity ?? '0';
  return decimal(total).greaterThan(0) ? 'PAID' : 'NOTHING_TO_PAY';
}

/** Parts of local account kinds, under the names by which banks know them. */
const LOCAL_PARTS: Record<string, string> = {
  sort_code: 'Sort code',
  routing_number: 'Routing number',
  bank_code: 'Bank code',
  account_type: 'Account type',
  branch: 'Branch',
  cbu: 'CBU',
  clabe: 'CLABE',
};

function payBankAccount(account: StatedBankAccount): PayBankAccount {
  const local = LOCAL_BLOCKS.map((block) => account[block]).find(
    (value) => typeof value === 'object' && value !== null,
  );
  const parts = { ...(local as Record<string, unknown> | undefined), ...account };
  return {
    legal_name: text(account.legal_name),
    iban: text(account.iban),
    bic: text(parts.bic),
    bank_name: text(account.bank_name),
    account_number: text(parts.account_number),
    reference: text(account.reference),
    details: Object.entries(LOCAL_PARTS).flatMap(([part, label]): [string, string][] => {
      const value = text(parts[part]);
      return value ? [[label, value]] : [];
    }),
  };
}

const LOCAL_BLOCKS = ['account_number_and_bic', 'uk_local', 'us_local', 'br_local', 'ar_local', 'mx_local'];

function addressLines(value: unknown): string[] {
  const address = (value ?? {}) as Record<string, unknown>;
  const town = [text(address.postal_code), text(address.city)].filter(Boolean).join(' ');
  return [text(address.line1), text(address.line2), town, text(address.state), text(address.country)].filter(
    (line): line is string => !!line,
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
