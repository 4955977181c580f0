import { type Labels } from '../labels/labels.js';
import { type BankAccount, type InvoicePrintRequest } from '../printable-invoice.js';
import { type Detail } from './details.js';
import { listed, ours, printed, type Printed } from './printed.js';

export interface Payment {
  heading: Printed;
  link: { label: Printed; address: Printed; url: string } | null;
  /** The rows of each bank account. */
  accounts: Detail[][];
}

/** How to pay; null when the caller gives nothing to print. */
export function payment(request: InvoicePrintRequest, labels: Labels): Payment | null {
  const accounts = listed(request.bankAccounts)
    .map((account, i) => accountRows(account, `bank_accounts.${i}`, labels))
    .filter((rows) => rows.length > 0);
  const address = printed(request.payLink, 'pay_link');
  if (!address && accounts.length === 0) return null;
  const link = address ? { label: ours(labels.payOnline), address, url: address.text } : null;
  return { heading: ours(labels.payment), link, accounts };
}

/* The names of these numbers are not translated: each belongs to one country's banks. */
const SORT_CODE = 'Sort code';
const ROUTING_NUMBER = 'Routing number';
const BANK_CODE = 'Bank code';
const BRANCH = 'Agência';

/** Whether the block states it or one of the blocks for local accounts inside it does. */
function accountRows(account: BankAccount, field: string, labels: Labels): Detail[] {
  const local = [
    account,
    account.account_number_and_bic,
    account.uk_local,
    account.us_local,
    account.br_local,
    account.ar_local,
    account.mx_local,
  ];
  const anywhere = (
    name: 'account_number' | 'sort_code' | 'routing_number' | 'bank_code' | 'branch' | 'cbu' | 'clabe' | 'bic',
  ) => local.map((block) => printed(block?.[name], `${field}.${name}`)).find((found) => found != null) ?? null;
  const iban = printed(account.iban, `${field}.iban`);
  const rows: [string, Printed | null][] = [
    [labels.accountHolder, printed(account.legal_name, `${field}.legal_name`)],
    ['IBAN', iban && { ...iban, text: inFours(iban.text) }],
    [labels.accountNumber, anywhere('account_number')],
    [SORT_CODE, anywhere('sort_code')],
    [ROUTING_NUMBER, anywhere('routing_number')],
    [BRANCH, anywhere('branch')],
    ['CBU', anywhere('cbu')],
    ['CLABE', anywhere('clabe')],
    [BANK_CODE, anywhere('bank_code')],
    ['BIC', anywhere('bic')],
    [labels.bank, printed(account.bank_name, `${field}.bank_name`)],
    [labels.paymentReference, printed(account.reference, `${field}.reference`)],
  ];
  return rows.flatMap(([label, value]) => (value ? [{ label: ours(label), value }] : []));
}

function inFours(iban: string): string {
  return iban.replace(/\s+/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
