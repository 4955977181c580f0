/** What the pay page says, in one language. A further language is a file like `en.ts` and a line in `pay-texts.ts`. */
export interface PayTexts {
  /** BCP 47 language of the texts; the page's `lang`. */
  language: string;
  dir: 'ltr' | 'rtl';
  invoice: string;
  title: (number: string | null, seller: string) => string;
  billedTo: string;
  toPay: string;
  due: (date: string) => string;
  wasDue: (date: string) => string;
  overdue: string;
  invoiceNumber: string;
  invoiceDate: string;
  dueDate: string;
  total: string;
  settled: string;
  stillOpen: string;
  openInvoice: string;
  payOnline: string;
  orByTransfer: string;
  byTransfer: string;
  transferHint: string;
  /** Stands over one of several accounts. */
  account: (position: number, count: number) => string;
  chooseAccount: string;
  amount: string;
  accountHolder: string;
  iban: string;
  bic: string;
  bank: string;
  accountNumber: string;
  reference: string;
  referenceHint: string;
  copy: string;
  copied: string;
  copyNamed: (label: string) => string;
  contactToPay: (seller: string) => string;
  paid: string;
  paidDetail: string;
  nothingToPay: string;
  nothingToPayDetail: string;
  notPayable: string;
  notPayableDetail: (seller: string) => string;
  questions: string;
  current: string;
  problems: Record<'UNKNOWN' | 'EXPIRED' | 'REVOKED', { title: string; detail: string; advice: string }>;
}
