import { type Amount } from '#kernel/amount';

/** What a document may leave out or state as null. */
type Stated<T> = T | null | undefined;

export interface StatedAddress {
  line1?: Stated<string>;
  line2?: Stated<string>;
  city?: Stated<string>;
  postal_code?: Stated<string>;
  state?: Stated<string>;
  /** ISO 3166-1 alpha-2 */
  country?: Stated<string>;
}

export interface StatedTaxId {
  id?: Stated<string>;
  display_name?: Stated<string>;
}

export interface StatedTaxRegistration {
  tax_id?: Stated<string>;
  tax_ids?: Stated<StatedTaxId[]>;
  registration_number?: Stated<string>;
  description?: Stated<string>;
  registered_address?: Stated<StatedAddress>;
}

export interface StatedSeller {
  legal_name?: Stated<string>;
  tax_id?: Stated<string>;
  tax_ids?: Stated<StatedTaxId[]>;
  registration_number?: Stated<string>;
  registered_address?: Stated<StatedAddress>;
  email?: Stated<string>;
}

export interface StatedOrganization {
  legal_name?: Stated<string>;
  tax_id?: Stated<string>;
  tax_ids?: Stated<StatedTaxId[]>;
  registration_number?: Stated<string>;
  tax_exempt?: Stated<boolean>;
  tax_exempt_note?: Stated<string>;
  registered_address?: Stated<StatedAddress>;
}

export interface StatedIndividual {
  name?: Stated<{ first_name?: Stated<string>; infix?: Stated<string>; last_name?: Stated<string> }>;
  residential_address?: Stated<StatedAddress>;
}

export interface StatedCustomer {
  id?: Stated<string>;
  reference?: Stated<string>;
  email?: Stated<string>;
  organization?: Stated<StatedOrganization>;
  individual?: Stated<StatedIndividual>;
}

export interface StatedExchangeRate {
  currency?: Stated<string>;
  base_currency?: Stated<string>;
  rate?: Stated<string>;
  rate_timestamp?: Stated<string>;
  source?: Stated<string>;
}

/** Tax in the currency of the country that levies it. */
export interface StatedLocalAmounts {
  base_amount?: Stated<Amount>;
  tax_amount?: Stated<Amount>;
  total_amount?: Stated<Amount>;
  used_exchange_rate?: Stated<StatedExchangeRate>;
  display?: Stated<boolean>;
}

export interface StatedTaxCategory {
  base_amount?: Stated<Amount>;
  tax_amount?: Stated<Amount>;
  total_amount?: Stated<Amount>;
  percentage?: Stated<string>;
  name?: Stated<string>;
  category?: Stated<string>;
  local_amounts?: Stated<StatedLocalAmounts>;
  /** Why the rate is what it is, e.g. the reason of an exemption. */
  notes?: Stated<Stated<string>[]>;
  rates?: Stated<{ name?: Stated<string>; percentage?: Stated<string>; tax_amount?: Stated<Amount> }[]>;
}

export interface StatedTaxSummary {
  base_amount?: Stated<Amount>;
  tax_amount?: Stated<Amount>;
  total_amount?: Stated<Amount>;
  local_amounts?: Stated<StatedLocalAmounts>;
  notes?: Stated<Stated<string>[]>;
}

export interface StatedMeterValue {
  reference?: Stated<string>;
  number?: Stated<string>;
  count?: Stated<string>;
  amount?: Stated<Amount>;
}

export interface StatedPriceDetails {
  amount?: Stated<Amount>;
  pricing_amount?: Stated<Amount>;
  description?: Stated<string>;
  meter_value?: Stated<StatedMeterValue>;
  band?: Stated<{
    amount?: Stated<Amount>;
    percentage?: Stated<string>;
    block_size?: Stated<{ number?: Stated<string> }>;
  }>;
  used_exchange_rates?: Stated<StatedExchangeRate[]>;
}

export interface StatedSubLine {
  description?: Stated<string>;
  details?: Stated<StatedPriceDetails>;
  processing_only_customer_id?: Stated<string>;
}

export interface StatedProductItem {
  name?: Stated<string>;
  description?: Stated<string>;
  unit_name?: Stated<{ singular?: Stated<string>; plural?: Stated<string> }>;
}

export interface StatedLine {
  description?: Stated<string>;
  type?: Stated<string>;
  product_items?: Stated<StatedProductItem[]>;
  coupon_data?: Stated<{ coupon_id?: Stated<string> }>;
  tax_categories?: Stated<StatedTaxCategory[]>;
  amount_excluding_tax?: Stated<Amount>;
  amount_including_tax?: Stated<Amount>;
  meter_value?: Stated<StatedMeterValue>;
  details?: Stated<StatedPriceDetails>;
  sub_lines?: Stated<StatedSubLine[]>;
}

export interface StatedGroup {
  description?: Stated<string>;
  start_at?: Stated<string>;
  end_at?: Stated<string>;
  amount_excluding_tax?: Stated<Amount>;
  product_category?: Stated<{ name?: Stated<string> }>;
  pricing?: Stated<{ name?: Stated<string> }>;
  products?: Stated<{ name?: Stated<string> }[]>;
  lines?: Stated<StatedLine[]>;
}

export interface StatedPeriod {
  start_at?: Stated<string>;
  end_at?: Stated<string>;
  amount_excluding_tax?: Stated<Amount>;
  groups?: Stated<StatedGroup[]>;
}

export interface StatedLinkedInvoice {
  id?: Stated<string>;
  invoice_number?: Stated<string>;
  invoice_date?: Stated<string>;
  note?: Stated<string>;
}

/** The reference's Invoice as it was stored (snake_case JSON): what of it is printed. Every field may be absent or null. */
export interface InvoiceDocument {
  id?: Stated<string>;
  invoice_number?: Stated<string>;
  type?: Stated<string>;
  billing_type?: Stated<string>;
  purchase_order_number?: Stated<string>;
  customer_reference?: Stated<string>;
  customer?: Stated<StatedCustomer>;
  billing_entity?: Stated<StatedSeller>;
  used_tax_registration?: Stated<StatedTaxRegistration>;
  invoice_date?: Stated<string>;
  due_date?: Stated<string>;
  delivery_date?: Stated<string>;
  updated_to_final_at?: Stated<string>;
  billing_currency?: Stated<string>;
  invoice_amount_including_tax?: Stated<Amount>;
  open_invoice_amount?: Stated<Amount>;
  closed_invoice_amount?: Stated<Amount>;
  paid_invoice_amount?: Stated<Amount>;
  periods?: Stated<StatedPeriod[]>;
  tax_categories?: Stated<StatedTaxCategory[]>;
  tax_summary?: Stated<StatedTaxSummary>;
  credit?: Stated<{
    original_invoice_id?: Stated<string>;
    original_invoice_info?: Stated<{ invoice_number?: Stated<string> }>;
    note?: Stated<string>;
  }>;
  linked_invoices?: Stated<StatedLinkedInvoice[]>;
  used_exchange_rates?: Stated<StatedExchangeRate[]>;
  notes?: Stated<Stated<string>[]>;
  footnote?: Stated<string>;
  meter_values?: Stated<{ reference?: Stated<string>; name?: Stated<string> }[]>;
  processing_only_customers?: Stated<StatedCustomer[]>;
  coupons?: Stated<{ coupon_id?: Stated<string>; coupon_name?: Stated<string> }[]>;
}

interface LocalAccount {
  account_number?: Stated<string>;
  sort_code?: Stated<string>;
  routing_number?: Stated<string>;
  account_type?: Stated<string>;
  bank_code?: Stated<string>;
  bic?: Stated<string>;
  branch?: Stated<string>;
  cbu?: Stated<string>;
  clabe?: Stated<string>;
}

/** As in `payment_actions[].bank_account` (flat) and `PaymentAcceptor.bank_account` (one block per local kind). */
export interface BankAccount extends LocalAccount {
  type?: Stated<string>;
  legal_name?: Stated<string>;
  iban?: Stated<string>;
  bank_name?: Stated<string>;
  bank_address?: Stated<StatedAddress>;
  country?: Stated<string>;
  country_code?: Stated<string>;
  /** What the payer is asked to state with the payment. */
  reference?: Stated<string>;
  account_number_and_bic?: Stated<LocalAccount>;
  uk_local?: Stated<LocalAccount>;
  us_local?: Stated<LocalAccount>;
  br_local?: Stated<LocalAccount>;
  ar_local?: Stated<LocalAccount>;
  mx_local?: Stated<LocalAccount>;
}

export interface InvoicePrintRequest {
  invoice: InvoiceDocument;
  /** The customer's, BCP 47, e.g. `nl-NL`: labels, dates and numbers are in that language; English where we have none. */
  locale: string;
  /** IANA zone in which instants are written as dates. */
  zone: string;
  /** Printed and clickable; null prints none. */
  payLink: string | null;
  /** What to print; decided by the caller. */
  bankAccounts: BankAccount[];
  /** Prints a watermark across each page. */
  draft: boolean;
}
