import { type CustomerFact, displayName, type MailFacts } from '#billing/mail-facts';
import { type StatedBankAccount } from '#billing/payment-links/ways-to-pay';
import { type PartyDocument } from '#billing/invoices/invoice-document';
import { countryName } from '#kernel/country-name';
import { type TemplateVariables } from '#templates/template-variables';

interface Address {
  line1?: string | null;
  line2?: string | null;
  city?: string | null;
  postal_code?: string | null;
  state?: string | null;
  country?: string | null;
}

/**
 * What every mail may say, whatever it is about: the customer, the seller, how to pay (e.44).
 * @param locale of the reader, who is told the seller's country in it.
 */
export function mailVariables(
  facts: MailFacts,
  extras: { paymentLink: string | null; hasPdf: boolean; bankAccounts: readonly StatedBankAccount[]; variant: string },
  locale: string,
): TemplateVariables {
  return {
    ...(facts.customer ? customerVariables(facts.customer) : {}),
    ...sellerVariables(facts, locale),
    platform_name: facts.platform.name,
    payment_link: extras.paymentLink,
    has_pdf: extras.hasPdf,
    bank_accounts: extras.bankAccounts.map(bankAccountVariables),
    action_variant: extras.variant,
  };
}

function customerVariables({ document, email, locale }: CustomerFact): TemplateVariables {
  const name = displayName(document);
  const person = document.individual?.name;
  return {
    customer_name: name ?? email,
    customer_legal_name: text(document.organization?.legal_name) ?? name,
    customer_first_name: text(person?.first_name),
    customer_last_name: text(person?.last_name),
    customer_email: email,
    customer_reference: text(document.reference),
    customer_locale: locale,
    customer_is_organization: document.type === 'ORGANIZATION',
  };
}

function sellerVariables(facts: MailFacts, locale: string): TemplateVariables {
  const seller = sellerOf(facts) ?? {};
  return {
    billing_entity_legal_name: text(seller.legal_name) ?? facts.platform.name,
    billing_entity_email: text(seller.email),
    billing_entity_address_lines: addressLines(seller.registered_address as Address | null | undefined, locale),
    billing_entity_registration_number: text(seller.registration_number),
    billing_entity_tax_id: text(seller.tax_id),
  };
}

function bankAccountVariables(account: StatedBankAccount): TemplateVariables {
  return {
    legal_name: text(account.legal_name),
    iban: inFours(text(account.iban)),
    bic: text(account.bic),
    account_number: text(account.account_number),
    bank_name: text(account.bank_name),
    reference: text(account.reference),
  };
}

/** The seller as the invoice states him; for mails without an invoice, the billing entity as it is. */
function sellerOf({ invoice, billingEntity }: MailFacts): PartyDocument | null {
  return invoice?.document.billing_entity ?? billingEntity;
}

/** An address as it is written on an envelope, empty lines left out. */
function addressLines(address: Address | null | undefined, locale: string): string[] {
  const { line1, line2, postal_code, city, state, country } = address ?? {};
  return [
    line1,
    line2,
    [postal_code, city].filter(Boolean).join(' '),
    state,
    country && countryName(country, locale),
  ].filter((line): line is string => !!line?.trim());
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function inFours(iban: string | null): string | null {
  return iban && (iban.replaceAll(' ', '').match(/.{1,4}/g) ?? []).join(' ');
}
