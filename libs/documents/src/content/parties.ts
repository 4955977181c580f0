import { countryName } from '#kernel/country-name';
import { type Labels } from '../labels/labels.js';
import {
  type StatedAddress,
  type StatedCustomer,
  type StatedOrganization,
  type StatedSeller,
  type StatedTaxId,
  type StatedTaxRegistration,
} from '../printable-invoice.js';
import { type Detail } from './details.js';
import { isPrinted, listed, ours, printed, type Printed } from './printed.js';

/** Seller or buyer as it stands on the document. */
export interface Party {
  name: Printed | null;
  address: Printed[];
  /** Tax and registration numbers, each with its label. */
  ids: Detail[];
  remarks: Printed[];
}

export function seller(
  stated: StatedSeller | null | undefined,
  registration: StatedTaxRegistration | null | undefined,
  labels: Labels,
  locale: string,
): Party {
  const at = 'billing_entity';
  return {
    name: printed(stated?.legal_name, `${at}.legal_name`),
    address: [
      ...addressLines(stated?.registered_address, `${at}.registered_address`, locale),
      printed(stated?.email, `${at}.email`),
    ].filter(isPrinted),
    ids: withoutRepeats([
      ...taxIds(stated, at, labels),
      registrationNumber(stated?.registration_number, at, labels),
      ...taxIds(registration, 'used_tax_registration', labels),
      registrationNumber(registration?.registration_number, 'used_tax_registration', labels),
    ]),
    remarks: [],
  };
}

export function buyer(stated: StatedCustomer | null | undefined, labels: Labels, locale: string): Party {
  const at = 'customer.organization';
  const organization = stated?.organization;
  const home = 'customer.individual.residential_address';
  const address = organization?.registered_address
    ? addressLines(organization.registered_address, `${at}.registered_address`, locale)
    : addressLines(stated?.individual?.residential_address, home, locale);
  return {
    name: customerName(stated, 'customer'),
    address,
    ids: withoutRepeats([
      ...taxIds(organization, at, labels),
      registrationNumber(organization?.registration_number, at, labels),
    ]),
    remarks: [exemption(organization, labels)].filter(isPrinted),
  };
}

function exemption(stated: StatedOrganization | null | undefined, labels: Labels): Printed | null {
  const note = printed(stated?.tax_exempt_note, 'customer.organization.tax_exempt_note');
  return note ?? (stated?.tax_exempt === true ? ours(labels.taxExempt) : null);
}

/** An organization's legal name, or a person's. */
export function customerName(stated: StatedCustomer | null | undefined, field: string): Printed | null {
  return (
    printed(stated?.organization?.legal_name, `${field}.organization.legal_name`) ??
    personName(stated, `${field}.individual.name`)
  );
}

function personName(stated: StatedCustomer | null | undefined, field: string): Printed | null {
  const name = stated?.individual?.name;
  const parts = [name?.first_name, name?.infix, name?.last_name].map((part) => printed(part, field)?.text);
  return printed(parts.filter((part) => part !== undefined).join(' '), field);
}

interface WithTaxIds {
  tax_id?: string | null | undefined;
  tax_ids?: StatedTaxId[] | null | undefined;
}

function taxIds(stated: WithTaxIds | null | undefined, at: string, labels: Labels): (Detail | null)[] {
  const label = ours(labels.taxId);
  const single = printed(stated?.tax_id, `${at}.tax_id`);
  const several = listed(stated?.tax_ids).map((taxId, i) => {
    const value = printed(taxId.id, `${at}.tax_ids.${i}.id`);
    return value && { label: printed(taxId.display_name, `${at}.tax_ids.${i}.display_name`) ?? label, value };
  });
  // A name for the number beats the general label, so the list comes first where it repeats the single one.
  return [...several.filter((id) => id?.value.text === single?.text), single && { label, value: single }, ...several];
}

function registrationNumber(value: string | null | undefined, at: string, labels: Labels): Detail | null {
  const number = printed(value, `${at}.registration_number`);
  return number && { label: ours(labels.registrationNumber), value: number };
}

/** The first of equal values per label's kind: a tax number that is also the registration number is printed as both. */
function withoutRepeats(ids: (Detail | null)[]): Detail[] {
  const seen = new Set<string>();
  return ids.filter(isDetail).filter(({ label, value }) => {
    const key = `${label.field === 'label' ? label.text : ''}|${value.text}`;
    const repeated = seen.has(key) || (label.field === 'label' && seen.has(`|${value.text}`));
    seen.add(key);
    return !repeated;
  });
}

function isDetail(detail: Detail | null): detail is Detail {
  return detail !== null;
}

/* Where the postal code stands after the city, before it elsewhere. */
const CITY_FIRST = new Set(
  'AE AU BD BH BN CA EG GB HK IE IN JO KE KW LK MM MY NG NP NZ OM PH PK QA SA SG TH TW US VN ZA'.split(' '),
);
/* Largest unit first, when written in the country's own script. */
const LARGE_TO_SMALL = new Set(['CN', 'JP', 'KR', 'TW']);
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function addressLines(address: StatedAddress | null | undefined, field: string, locale: string): Printed[] {
  if (!address) return [];
  const part = (name: keyof StatedAddress) => printed(address[name], `${field}.${name}`)?.text ?? '';
  const [line1, line2, code, city] = [part('line1'), part('line2'), part('postal_code'), part('city')];
  const state = part('state') === city ? '' : part('state');
  const country = part('country').toUpperCase();
  const lines =
    LARGE_TO_SMALL.has(country) && EAST_ASIAN.test(line1 + city + state)
      ? [country === 'JP' && code !== '' ? `〒${code}` : code, `${state}${city}`, line1, line2]
      : [line1, line2, locality(code, city, state, country)];
  return [...lines, countryName(country, locale)].map((line) => printed(line, field)).filter(isPrinted);
}

function locality(code: string, city: string, state: string, country: string): string {
  const words = (parts: string[], glue: string) => parts.filter((text) => text !== '').join(glue);
  return CITY_FIRST.has(country)
    ? words([city, words([state, code], ' ')], ', ')
    : words([words([code, city], ' '), state], ', ');
}
