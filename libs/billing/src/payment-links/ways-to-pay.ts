import { type InvoiceDocument } from '../invoices/invoice-document.js';
import { type PaymentAcceptorDocument } from '../mail-facts.js';

/** A bank account as documents state it; fields by the kind of account. */
export type StatedBankAccount = Record<string, unknown> & {
  legal_name?: string | null;
  iban?: string | null;
  bic?: string | null;
  bank_name?: string | null;
  account_number?: string | null;
  reference?: string | null;
};

export interface WaysToPay {
  bankAccounts: StatedBankAccount[];
  /** Pages of other payment systems. */
  redirects: { label: string; url: string }[];
}

/**
 * How the invoice can be paid: by what it states itself (`payment_actions`), else by the ACTIVE acceptors that it names or
 * that its billing entity offers. An acceptor's account gets the seller as holder and the invoice number as reference.
 */
export function waysToPay(invoice: InvoiceDocument, acceptors: readonly PaymentAcceptorDocument[]): WaysToPay {
  const stated = invoice.payment_actions ?? [];
  const own: WaysToPay = {
    bankAccounts: stated.flatMap(({ bank_account: account }) => (account ? [account] : [])),
    redirects: stated.flatMap(({ custom_redirect: redirect }) => redirectTo(redirect?.url, redirect?.name)),
  };
  if (isUsable(own)) return own;
  const named = acceptors.filter(({ id }) => invoice.payment_acceptor_ids?.includes(id ?? ''));
  const offered = named.length > 0 ? named : acceptors;
  return {
    bankAccounts: offered.flatMap(({ bank_account: account }) => (account ? [asStated(account, invoice)] : [])),
    redirects: offered.flatMap(({ custom_redirect: redirect, name }) => redirectTo(redirect?.url, name)),
  };
}

export function isUsable({ bankAccounts, redirects }: WaysToPay): boolean {
  return bankAccounts.length > 0 || redirects.length > 0;
}

function asStated(account: Record<string, unknown>, invoice: InvoiceDocument): StatedBankAccount {
  const seller = invoice.billing_entity?.legal_name;
  return {
    ...(typeof seller === 'string' ? { legal_name: seller } : {}),
    ...(invoice.invoice_number ? { reference: invoice.invoice_number } : {}),
    ...account,
  };
}

function redirectTo(
  url: string | null | undefined,
  label: string | null | undefined,
): { label: string; url: string }[] {
  if (!url || !/^https:\/\//i.test(url) || !URL.canParse(url)) return [];
  return [{ label: label?.trim() ? label : new URL(url).hostname, url }];
}
