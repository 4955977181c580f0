import { Injectable } from '@nestjs/common';
import { billingEntityTable } from '#billing/billing-entities/billing-entity';
import { customerTable } from '#billing/customers/customer';
import {
  deletePaymentAcceptor,
  type PaymentAcceptorRow,
  paymentAcceptorTable,
} from '#billing/payment-acceptors/payment-acceptor';
import { type JsonObject, mergePatch } from '#billing/resources/merge-patch';
import { changeResource, createResource } from '#billing/resources/record-resource';
import { requireResource } from '#billing/resources/require-resource';
import { findResource, lockResource, resourcesByIds } from '#billing/resources/resource-table';
import { Database, type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { validate } from '../http/validation.js';
import {
  type PaymentAcceptorCreateRequest,
  paymentAcceptorCreateRequest,
  type PaymentAcceptorUpdateRequest,
} from './payment-acceptor.wire.js';

@Injectable()
export class PaymentAcceptorsService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError for a billing entity or customer that is not there, and for a taken reference. */
  async create(platformId: string, body: PaymentAcceptorCreateRequest): Promise<PaymentAcceptorRow> {
    return this.database.transaction(async (tx) => {
      await requireOwners(tx, platformId, body);
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

  /** @throws DomainError as `create`, and RESOURCE_NOT_FOUND. */
  async patch(platformId: string, id: string, patch: PaymentAcceptorUpdateRequest): Promise<PaymentAcceptorRow> {
    return this.database.transaction(async (tx) => {
      const before = await lockResource(tx, paymentAcceptorTable, platformId, { id });
      if (!before) throw DomainError.notFound('PAYMENT_ACCEPTOR', id);
      await requireOwners(tx, platformId, patch);
      const document = validate(paymentAcceptorCreateRequest, typed(mergePatch(before.document, patch)));
      const { row } = await changeResource(tx, paymentAcceptorTable, before, mergePatch({}, document));
      return row;
    });
  }

  /** @returns the payment acceptor as it was. */
  async delete(platformId: string, id: string): Promise<PaymentAcceptorRow> {
    return this.database.transaction((tx) => deletePaymentAcceptor(tx, platformId, id));
  }
}

/** @throws DomainError for a billing entity or customer that is named and not there. */
async function requireOwners(
  tx: Transaction,
  platformId: string,
  owners: Pick<PaymentAcceptorUpdateRequest, 'billing_entity_id' | 'customer_id'>,
): Promise<void> {
  await requireResource(tx, billingEntityTable, platformId, owners.billing_entity_id, 'billing_entity_id');
  await requireResource(tx, customerTable, platformId, owners.customer_id, 'customer_id');
}

/** `type` must be stated and may be null, which is stored as absent. */
function typed(document: JsonObject): JsonObject {
  return { type: null, ...document };
}
