import { displayName, type MailFacts } from '#billing/mail-facts';
import { type StatedBankAccount } from '#billing/payment-links/ways-to-pay';
import { type PartyDocument } from '#billing/invoices/invoice-document';
import { type TemplateVariables } from '#templates/template-variables';

interface Address {
  line1?: string | null;
  line2?: string | null;
  city?: string | null;
  postal_code?: string | null;
  state?: string | null;
  country?: string | null;
}

/** What every mail may say, whatever it is about: the customer, the seller, how to pay (e.44). */
export function mailVariables(
  facts: MailFacts,
  extras: { paymentLink: string | null; hasPdf: boolean; bankAccounts: readonly StatedBankAccount[]; variant: string },
): TemplateVariables {
  const document = facts.customer?.document;
  const name = document ? displayName(document) : null;
  const seller = sellerOf(facts);
  return {
    customer_name: name ?? facts.customer?.email ?? null,
    customer_legal_name: document?.organization?.legal_name ?? name,
    customer_first_name: document?.individual?.name?.first_name ?? null,
    customer_last_name: document?.individual?.name?.last_name ?? null,
    customer_email: facts.customer?.email ?? null,
    customer_reference: text(document?.reference),
    customer_locale: facts.customer?.locale ?? null,
    customer_is_organization: document?.type === 'ORGANIZATION',
    billing_entity_legal_name: text(seller?.legal_name) ?? facts.platform.name,
    billing_entity_email: text(seller?.email),
    billing_entity_address_lines: addressLines(seller?.registered_address as Address | null | undefined),
    billing_entity_registration_number: text(seller?.registration_number),
    billing_entity_tax_id: text(seller?.tax_id),
    platform_name: facts.platform.name,
    payment_link: extras.paymentLink,
    has_pdf: extras.hasPdf,
    bank_accounts: extras.bankAccounts.map((account) => ({
      legal_name: text(account.legal_name),
      iban: inFours(text(account.iban)),
      bic: text(account.bic),
      account_number: text(account.account_number),
      bank_name: text(account.bank_name),
      reference: text(account.reference),
    })),
    action_variant: extras.variant,
  };
}

/** The seller as the invoice states him; for mails without an invoice, the billing entity as it is. */
export function sellerOf({ invoice, billingEntity }: MailFacts): PartyDocument | null {
  return invoice?.document.billing_entity ?? billingEntity;
}

/** An address as it is written on an envelope, empty lines left out. */
export function addressLines(address: Address | null | undefined): string[] {
  const { line1, line2, postal_code, city, state, country } = address ?? {};
  return [line1, line2, [postal_code, city].filter(Boolean).join(' '), state, country].filter(
    (line): line is string => !!line?.trim(),
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function inFours(iban: string | null): string | null {
  return iban && (iban.replaceAll(' ', '').match(/.{1,4}/g) ?? []).join(' ');
}
