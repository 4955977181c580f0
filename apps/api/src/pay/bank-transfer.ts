import { type Amount, currencyDigits, decimal } from '#kernel/amount';
import { type Formatter } from '#kernel/format';
import { html, type Html } from './html.js';
import { type PayTexts } from './texts/texts.js';

/** Where to transfer to; what the seller does not state is null and not shown. `details` are further labelled lines. */
export interface PayBankAccount {
  legal_name: string | null;
  iban: string | null;
  bic: string | null;
  bank_name: string | null;
  account_number: string | null;
  reference: string | null;
  details: [label: string, value: string][];
}

/** Whether an account says where a transfer goes to; one without any number is of no use to the reader. */
export function canReceive({ iban, account_number, details }: PayBankAccount): boolean {
  return [iban, account_number].some((number) => number?.trim()) || details.length > 0;
}

/** What the transfer must carry. `fallbackReference` is asked for when the account states no reference of its own. */
export interface TransferFacts {
  open: Amount;
  fallbackReference: string | null;
}

/** The accounts to choose from, each with everything a banking app asks for. */
export function bankTransfer(
  accounts: readonly PayBankAccount[],
  facts: TransferFacts,
  format: Formatter,
  texts: PayTexts,
): Html[] {
  return accounts.map((account, i) => {
    const heading = accounts.length > 1 && html`<h3>${texts.account(i + 1, accounts.length)}</h3>`;
    return html`<div class="account">
      ${heading}
      <dl class="fields">${fields(account, facts, format, texts)}</dl>
    </div>`;
  });
}

function fields(account: PayBankAccount, facts: TransferFacts, format: Formatter, texts: PayTexts): (Html | null)[] {
  const iban = account.iban?.replace(/\s/g, '') ?? null;
  const reference = account.reference ?? facts.fallbackReference;
  return [
    field(texts, {
      label: texts.amount,
      value: format.money(facts.open),
      copied: plainNumber(facts.open, format.locale),
    }),
    field(texts, { label: texts.accountHolder, value: account.legal_name }),
    field(texts, { label: texts.iban, value: inFours(iban), copied: iban, code: true }),
    field(texts, { label: texts.bic, value: account.bic, code: true }),
    field(texts, { label: texts.accountNumber, value: account.account_number, code: true }),
    field(texts, { label: texts.bank, value: account.bank_name, copied: null }),
    ...account.details.map(([label, value]) => field(texts, { label, value })),
    field(texts, { label: texts.reference, value: reference, code: true, note: texts.referenceHint }),
  ];
}

interface Field {
  label: string;
  value: string | null;
  /** What the button copies; the value itself when left out, no button when null. */
  copied?: string | null;
  /** Reads from left to right in every script. */
  code?: boolean;
  note?: string;
}

function field(texts: PayTexts, { label, value, copied = value, code = false, note }: Field): Html | null {
  if (!value) return null;
  const button =
    copied &&
    html`<dd class="act" hidden>
      <button
        type="button"
        class="copy"
        data-copy="${copied}"
        data-copied="${texts.copied}"
        aria-label="${texts.copyNamed(label)}"
      >
        ${texts.copy}
      </button>
    </dd>`;
  return html`<div>
    <dt>${label}</dt>
    <dd class="value" dir="${code ? 'ltr' : 'auto'}">${value}</dd>
    ${button}${note && html`<dd class="note">${note}</dd>`}
  </div>`;
}

function inFours(iban: string | null): string | null {
  return iban?.replace(/(.{4})(?=.)/g, '$1 ') ?? null;
}

/** The amount as one types it into a banking app: the locale's decimal sign, no grouping, no currency. */
function plainNumber({ quantity, currency }: Amount, locale: string): string {
  const digits = Math.max(currencyDigits(currency), decimal(quantity).decimalPlaces());
  const format = new Intl.NumberFormat(locale, {
    useGrouping: false,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    numberingSystem: 'latn',
  });
  return format.format(quantity as Intl.StringNumericLiteral);
}
