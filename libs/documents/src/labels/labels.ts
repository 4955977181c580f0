/** The words of one language. `{…}` are filled in by whoever prints them. */
export interface Labels {
  invoice: string;
  creditNote: string;
  selfBillingInvoice: string;
  selfBillingCreditNote: string;
  draft: string;
  number: string;
  invoiceDate: string;
  /** The date of a document that is no invoice. */
  date: string;
  dueDate: string;
  deliveryDate: string;
  period: string;
  purchaseOrder: string;
  customerReference: string;
  originalInvoice: string;
  relatedInvoice: string;
  billTo: string;
  taxId: string;
  registrationNumber: string;
  taxExempt: string;
  description: string;
  quantity: string;
  unitPrice: string;
  /** The tax on a line or in a table, as the country usually calls it. */
  tax: string;
  amountExcludingTax: string;
  amountIncludingTax: string;
  subtotal: string;
  discount: string;
  /** Unit of countable things, abbreviated. */
  pieces: string;
  totalExcludingTax: string;
  totalTax: string;
  totalIncludingTax: string;
  paid: string;
  /** Taken off the open amount otherwise than by payment: credited, written off. */
  settled: string;
  rounding: string;
  amountDue: string;
  taxRate: string;
  taxBase: string;
  taxAmount: string;
  /** `{currency}`: an ISO code. */
  taxIn: string;
  zeroRated: string;
  exempt: string;
  reverseCharge: string;
  intraCommunity: string;
  outOfScope: string;
  exportOutside: string;
  payment: string;
  payOnline: string;
  accountHolder: string;
  accountNumber: string;
  bank: string;
  paymentReference: string;
  notes: string;
  creditReason: string;
  exchangeRate: string;
  /** `{page}`, `{pages}` */
  page: string;
}
