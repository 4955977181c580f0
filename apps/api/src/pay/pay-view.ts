import { displayName, type MailFacts } from '#billing/mail-facts';
import { somethingToPay } from '#billing/payment-links/pay-link';
import { type StatedBankAccount, waysToPay } from '#billing/payment-links/ways-to-pay';
import { isCredit } from '#billing/invoices/invoice-document';
import { decimal } from '#kernel/amount';
import { calendarDays, firstZone } from '#kernel/local-time';
import { type PayBankAccount } from './bank-transfer.js';
import { type PayPageView } from './pay-page.js';

/** What the pay page shows of an invoice as it is at `now`. */
export function payView(facts: MailFacts, invoice: NonNullable<MailFacts['invoice']>, now: Date): PayPageView {
  const { document } = invoice;
  const { customer, platform } = facts;
  const zone = firstZone(document.timezone, customer?.timezone, platform.timezone);
  const seller = document.billing_entity ?? facts.billingEntity ?? {};
  const currency = document.billing_currency ?? document.invoice_amount_including_tax?.currency ?? 'EUR';
  const ways = waysToPay(document, facts.paymentAcceptors);
  return {
    locale: customer?.locale ?? platform.locale ?? 'en',
    zone,
    seller: {
      name: text(seller.legal_name) ?? platform.name,
      email: text(seller.email),
      addressLines: addressLines(seller.registered_address),
    },
    customerName: customer && displayName(customer.document),
    invoice: {
      number: document.invoice_number ?? null,
      date: document.invoice_date ?? null,
      dueDate: document.due_date ?? null,
      total: document.invoice_amount_including_tax ?? null,
      open: document.open_invoice_amount ?? { quantity: '0', currency },
      isOverdue: invoice.dueDate !== null && calendarDays(invoice.dueDate, now, zone) > 0,
      pdfUrl: null,
    },
    state: payState(invoice),
    bankAccounts: ways.bankAccounts.map(payBankAccount),
    redirects: ways.redirects,
  };
}

function payState(invoice: NonNullable<MailFacts['invoice']>): PayPageView['state'] {
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
