import { type JsonObject } from '#billing/resources/merge-patch';
import { changeResource, createResource } from '#billing/resources/record-resource';
import { lockResource } from '#billing/resources/resource-table';
import { createWallet, walletTable } from '#billing/wallets/wallet';
import { walletTypeTable } from '#billing/wallets/wallet-type';
import { dueWallets } from '#billing/wallets/wallet.repository';
import { type Database } from '#database/database';
import { newId } from '#kernel/ids';
import { createWorkflow } from '#workflows/define-workflow';
import { type WorkflowDefinition } from '#workflows/domain/workflow-definition';
import { lookAtWallet, recordWalletGrant } from '#workflows/record-wallet';
import { eur, type Given, type WriteOptions } from './given.js';

export const credits = (quantity: string) => ({ quantity, credit_type_id: 'crty_1' });

/** Wallets of a platform's customer and workflows that watch them; writes go through the functions that the API uses. */
export class GivenWallets {
  private constructor(
    private readonly database: Database,
    readonly given: Given,
    private readonly billingEntityId: string,
  ) {}

  static async on(database: Database, given: Given): Promise<GivenWallets> {
    const { platformId } = given;
    const id = newId('billingEntity');
    await database.client.billingEntity.create({ data: { platformId, id, document: {} } });
    return new GivenWallets(database, given, id);
  }

  /** A type of wallets that hold EUR unless it says otherwise. */
  async type(document: JsonObject = {}): Promise<string> {
    const euros = { name: 'Prepaid', type: 'BALANCE', balance: { default_currency: 'EUR' } };
    const { id } = await this.database.transaction((tx) =>
      createResource(tx, walletTypeTable, this.given.platformId, {
        ...euros,
        reference: newId('request'),
        ...document,
      }),
    );
    return id;
  }

  /** An empty wallet. */
  async wallet(typeId: string, customerId = this.given.customerId): Promise<string> {
    const body = { reference: newId('request'), wallet_type_id: typeId, customer_id: customerId };
    return (await this.database.transaction((tx) => createWallet(tx, this.given.platformId, body))).id;
  }

  async status(id: string, status: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await lockResource(tx, walletTable, this.given.platformId, { id });
      if (row) await changeResource(tx, walletTable, row, { ...row.document, status });
    });
  }

  /** Gives EUR, or with a negative quantity uses them. */
  async give(
    walletId: string,
    quantity: string,
    { customerId = this.given.customerId, recordOnly = false, ...document }: GrantOptions = {},
  ): Promise<void> {
    const ids = { wallet_id: walletId, customer_id: customerId, billing_entity_id: this.billingEntityId };
    const body = { ...ids, grant_amount: eur(quantity), ...document };
    await this.database.transaction((tx) =>
      recordWalletGrant(tx, this.given.platformId, body, { starts: !recordOnly }),
    );
  }

  /** An ACTIVE workflow with one action. @param balance its block `wallet_balance`, but for the comparator. */
  async watch(balance: object, overrides: Partial<WorkflowDefinition> = {}): Promise<string> {
    const definition: WorkflowDefinition = {
      name: 'Low balance',
      reference: newId('request'),
      status: 'ACTIVE',
      type: 'WALLET',
      wallet: { variant: 'WALLET_BALANCE', wallet_balance: { comparator: 'LESS_THAN', ...balance } },
      ...overrides,
    };
    const { id } = await this.database.transaction((tx) => createWorkflow(tx, this.given.platformId, definition));
    await this.given.action(id);
    return id;
  }
}

type GrantOptions = WriteOptions & { customerId?: string } & JsonObject;

/** One look of the clock at every wallet whose instant has come. */
export async function runWalletClock(database: Database): Promise<number> {
  let looked = 0;
  for (const key of await dueWallets(database.client, 1000)) {
    if (await database.transaction((tx) => lookAtWallet(tx, key))) looked += 1;
  }
  return looked;
}
