/** The columns of an invoice that workflows match on. */
export interface InvoiceState {
  platformId: string;
  id: string;
  customerId: string | null;
  status: string;
  type: string;
  /** Whether something is left to pay: open amount above zero. */
  open: boolean;
  dueDate: Date | null;
  timezone: string | null;
  /** When it became FINAL; null before. */
  finalAt: Date | null;
  selfBilling: boolean;
}

/** The columns of a payment that workflows match on. */
export interface PaymentState {
  platformId: string;
  id: string;
  customerId: string | null;
  invoiceId: string | null;
  result: string;
  contextType: string | null;
}
