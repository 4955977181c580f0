import { Injectable } from '@nestjs/common';
import { billingEntityTable } from '#billing/billing-entities/billing-entity';
import { customerTable } from '#billing/customers/customer';
import { integrationTable } from '#billing/integrations/integration';
import { invoicesByIds } from '#billing/invoices/invoice.repository';
import { paymentsByIds } from '#billing/payments/payment.repository';
import { resourcesByIds } from '#billing/resources/resource-table';
import { schedulesOf } from '#billing/subscriptions/schedule';
import { subscriptionTable } from '#billing/subscriptions/subscription';
import { walletTable } from '#billing/wallets/wallet';
import { Database } from '#database/database';
import { findWorkflows } from '#workflows/data/workflow.repository';
import { toWire as billingEntityToWire } from '../billing-entities/billing-entity.wire.js';
import { toWire as customerToWire } from '../customers/customer.wire.js';
import { toWire as integrationToWire } from '../integrations/integration.wire.js';
import { toWire as invoiceToWire } from '../invoices/invoice.wire.js';
import { toWire as paymentToWire } from '../payments/payment.wire.js';
import { toWire as subscriptionToWire } from '../pricing-plan-subscriptions/pricing-plan-subscription.wire.js';
import { toWire as walletToWire } from '../wallets/wallet.wire.js';
import { toWire as workflowToWire } from '../workflows/workflow.wire.js';

/** Resources as the API answers them, by id. */
export type Expanded = Map<string, object>;

/**
 * Reads the resources that answers expand in line: one statement per kind (two where it has parts), whatever the number of rows. Of a list of ids,
 * nulls are skipped and what does not exist (any more) is missing.
 */
@Injectable()
export class Expansion {
  constructor(private readonly database: Database) {}

  customers(platformId: string, ids: Ids): Promise<Expanded> {
    return read(ids, (some) => resourcesByIds(this.database.client, customerTable, platformId, some), customerToWire);
  }

  billingEntities(platformId: string, ids: Ids): Promise<Expanded> {
    return read(
      ids,
      (some) => resourcesByIds(this.database.client, billingEntityTable, platformId, some),
      billingEntityToWire,
    );
  }

  integrations(platformId: string, ids: Ids): Promise<Expanded> {
    return read(
      ids,
      (some) => resourcesByIds(this.database.client, integrationTable, platformId, some),
      integrationToWire,
    );
  }

  invoices(platformId: string, ids: Ids): Promise<Expanded> {
    return read(
      ids,
      (some) => invoicesByIds(this.database.client, platformId, some),
      (row) => invoiceToWire(row, false),
    );
  }

  payments(platformId: string, ids: Ids): Promise<Expanded> {
    return read(
      ids,
      (some) => paymentsByIds(this.database.client, platformId, some),
      (row) => paymentToWire(row),
    );
  }

  async subscriptions(platformId: string, ids: Ids): Promise<Expanded> {
    const db = this.database.client;
    const wanted = distinct(ids);
    const schedules = wanted.length > 0 ? await schedulesOf(db, platformId, wanted) : [];
    return read(
      wanted,
      (some) => resourcesByIds(db, subscriptionTable, platformId, some),
      (row) => subscriptionToWire(row, schedules),
    );
  }

  wallets(platformId: string, ids: Ids): Promise<Expanded> {
    return read(ids, (some) => resourcesByIds(this.database.client, walletTable, platformId, some), walletToWire);
  }

  workflows(platformId: string, ids: Ids): Promise<Expanded> {
    return read(
      ids,
      (some) => findWorkflows(this.database.client, platformId, some),
      (row) => workflowToWire(row),
    );
  }
}

type Ids = readonly (string | null | undefined)[];

async function read<Row extends { id: string }>(
  ids: Ids,
  load: (ids: string[]) => Promise<Row[]>,
  toWire: (row: Row) => object,
): Promise<Expanded> {
  const wanted = distinct(ids);
  const rows = wanted.length > 0 ? await load(wanted) : [];
  return new Map(rows.map((row) => [row.id, toWire(row)]));
}

function distinct(ids: Ids): string[] {
  return [...new Set(ids.filter((id) => id != null))];
}
