import { type InvoiceDocument, type PartyDocument } from './invoices/invoice-document.js';
import { type Amount } from '#kernel/amount';
import { type JsonObject } from './resources/merge-patch.js';

/**
 * What a mail is about, read in one snapshot. Revisions are decimal strings; the gate compares them, so that nothing that
 * a mail was decided on has changed when it leaves.
 */
export interface MailFacts {
  platform: { id: string; name: string; timezone: string; locale: string | null };
  customer: CustomerFact | null;
  /** The customer's living contacts, oldest first. */
  contacts: ContactDocument[];
  invoice: InvoiceFact | null;
  payment: PaymentFact | null;
  wallet: WalletFact | null;
  subscription: SubscriptionFact | null;
  /** As it is now; invoices carry a snapshot of their own. */
  billingEntity: PartyDocument | null;
  /** ACTIVE ways to pay that the invoice names or its billing entity offers. */
  paymentAcceptors: PaymentAcceptorDocument[];
  integration: IntegrationFact | null;
}

export interface CustomerFact {
  id: string;
  status: string;
  email: string | null;
  timezone: string | null;
  locale: string | null;
  document: CustomerDocument;
  revision: string;
}

export interface InvoiceFact {
  id: string;
  status: string;
  type: string;
  /** Decimal string in the invoice's currency. */
  openAmount: string | null;
  dueDate: Date | null;
  document: InvoiceDocument;
  documentRevision: number;
  /** Whether the document of this revision is on record. */
  printed: boolean;
  revision: string;
}

export interface PaymentFact {
  id: string;
  result: string;
  document: PaymentDocument;
  revision: string;
}

export interface SubscriptionFact {
  id: string;
  reference: string | null;
  customerId: string | null;
  status: string;
  type: string;
  document: JsonObject;
  /** The schedule that the mail is about: a trial. */
  schedule: { id: string; type: string; startAt: Date | null; endAt: Date | null; document: JsonObject } | null;
  /** Raised by its schedules too. */
  revision: string;
}

export interface WalletFact {
  id: string;
  reference: string | null;
  status: string;
  walletTypeId: string;
  /** As the client wrote its type; it says what the wallet holds. */
  type: JsonObject;
  grants: { document: JsonObject; createdAt: Date }[];
  revision: string;
}

export interface IntegrationFact {
  id: string;
  type: string;
  variant: string | null;
  status: string;
  /** Encrypted. */
  secrets: string | null;
  document: Record<string, unknown>;
  revision: string;
}

export interface PersonName {
  first_name?: string | null;
  infix?: string | null;
  last_name?: string | null;
}

export interface NotificationPreference {
  type?: string | null;
  channels?: { type?: string | null; enabled?: boolean | null }[] | null;
}

/** The parts of the reference's Customer that mails use. */
export interface CustomerDocument extends PartyDocument {
  type?: string;
  email?: string | null;
  processing_only?: boolean | null;
  roles?: string[] | null;
  individual?: { name?: PersonName | null } | null;
  organization?: { legal_name?: string | null } | null;
  notification_preferences?: NotificationPreference[] | null;
}

export interface ContactDocument {
  email?: string | null;
  name?: PersonName | null;
  notification_preferences?: NotificationPreference[] | null;
}

export interface PaymentAcceptorDocument {
  id?: string;
  type?: string | null;
  name?: string | null;
  bank_account?: Record<string, unknown> | null;
  custom_redirect?: { url?: string | null } | null;
}

export interface PaymentDocument {
  invoice_id?: string | null;
  amount?: Amount | null;
  result?: string;
  timestamp?: string | null;
  created_at?: string | null;
  result_details?: { code?: string | null; reason?: string | null; external_reason?: string | null } | null;
  payment_method_details?: {
    type?: string | null;
    card?: { brand?: string | null; last_four_digits?: string | null } | null;
  } | null;
  context?: { type?: string | null } | null;
  [field: string]: unknown;
}

/** How a person or company is called: the legal name, else first name, infix and last name; null when neither is there. */
export function displayName(
  party: Pick<CustomerDocument, 'organization' | 'individual'> & Pick<ContactDocument, 'name'>,
): string | null {
  if (party.organization?.legal_name) return party.organization.legal_name;
  const name = party.individual?.name ?? party.name;
  const words = [name?.first_name, name?.infix, name?.last_name].filter((part): part is string => !!part?.trim());
  return words.length > 0 ? words.join(' ') : null;
}

/** Whether invoice mail by email was switched off. Absent and null mean on (e.42). */
export function optedOutOfInvoiceMail(preferences: NotificationPreference[] | null | undefined): boolean {
  return (preferences ?? []).some(
    ({ type, channels }) =>
      type === 'INVOICE' && (channels ?? []).some((channel) => channel.type === 'EMAIL' && channel.enabled === false),
  );
}
