import { Injectable } from '@nestjs/common';
import { billingEntityTable } from '#billing/billing-entities/billing-entity';
import { customerTable } from '#billing/customers/customer';
import { type PaymentAcceptorRow, paymentAcceptorTable } from '#billing/payment-acceptors/payment-acceptor';
import { createResource } from '#billing/resources/record-resource';
import { requireResource } from '#billing/resources/require-resource';
import { findResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type PaymentAcceptorCreateRequest } from './payment-acceptor.wire.js';

@Injectable()
export class PaymentAcceptorsService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError for a billing entity or customer that is not there, and for a taken reference. */
  async create(platformId: string, body: PaymentAcceptorCreateRequest): Promise<PaymentAcceptorRow> {
    return this.database.transaction(async (tx) => {
      await requireResource(tx, billingEntityTable, platformId, body.billing_entity_id, 'billing_entity_id');
      await requireResource(tx, customerTable, platformId, body.customer_id, 'customer_id');
      return createResource(tx, paymentAcceptorTable, platformId, body);
    });
  }

  /** @throws DomainError RESOURCE_NOT_FOUND */
  async get(platformId: string, id: string): Promise<PaymentAcceptorRow> {
    const row = await findResource(this.database.client, paymentAcceptorTable, platformId, { id });
    if (!row) throw DomainError.notFound('PAYMENT_ACCEPTOR', id);
    return row;
  }

  async byIds(platformId: string, ids: string[]): Promise<PaymentAcceptorRow[]> {
    return resourcesByIds(this.database.client, paymentAcceptorTable, platformId, ids);
  }
}
