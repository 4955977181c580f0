import { Injectable } from '@nestjs/common';
import { customerTable } from '#billing/customers/customer';
import { findPayment, type PaymentRow, paymentsByIds } from '#billing/payments/payment.repository';
import { mergePatch } from '#billing/resources/merge-patch';
import { paymentAcceptorTable } from '#billing/payment-acceptors/payment-acceptor';
import { requireReferences } from '#billing/resources/require-references';
import { resourcesByIds } from '#billing/resources/resource-table';
import { Database } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { recordPayment } from '#workflows/record-payment';
import { toWire as customerToWire } from '../customers/customer.wire.js';
import { type PaymentCreateRequest } from './payment.wire.js';

const REFERENCES = { customer_id: customerTable, payment_acceptor_id: paymentAcceptorTable };

@Injectable()
export class PaymentsService {
  constructor(
    private readonly database: Database,
    private readonly wake: WakeSender,
  ) {}

  /**
   * Records what a payment provider reported.
   * @throws DomainError for an unknown customer, invoice or payment acceptor.
   */
  async create(platformId: string, body: PaymentCreateRequest, recordOnly: boolean): Promise<PaymentRow> {
    const { customer: _customer, ...stated } = body;
    const document = mergePatch({}, stated);
    const payment = await this.database.transaction(async (tx) => {
      await requireReferences(tx, platformId, REFERENCES, document);
      return recordPayment(tx, { platformId, document, starts: !recordOnly });
    });
    this.wake.wake();
    return payment;
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<PaymentRow> {
    const row = await findPayment(this.database.client, platformId, id);
    if (!row) throw DomainError.notFound('PAYMENT', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<PaymentRow[]> {
    return paymentsByIds(this.database.client, platformId, ids);
  }

  /** Customers of payments on the wire, by id, for `expand[]=customer_id`. */
  async customersOf(platformId: string, payments: PaymentRow[]): Promise<Map<string, object>> {
    const ids = [...new Set(payments.flatMap(({ customerId }) => customerId ?? []))];
    const rows = ids.length > 0 ? await resourcesByIds(this.database.client, customerTable, platformId, ids) : [];
    return new Map(rows.map((row) => [row.id, customerToWire(row)]));
  }
}
