import { type PrintedInvoice } from './print-invoice.js';
import { type InvoicePrintRequest } from './printable-invoice.js';

export interface PrintJob {
  id: number;
  request: InvoicePrintRequest;
}

/** `refused`: the document cannot be printed as it is; `broken`: our fault. */
export type PrintAnswer =
  | { id: number; printed: PrintedInvoice }
  | { id: number; refused: { code: string; message: string } }
  | { id: number; broken: string };
