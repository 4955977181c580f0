import { findResource } from '#billing/resources/resource-table';
import { isOfUnit, unitInWords, unitOf } from '#billing/wallets/wallet-unit';
import { walletTypeTable } from '#billing/wallets/wallet-type';
import { type Transaction } from '#database/database';
import { DomainError } from '#kernel/errors';
import { type WorkflowDefinition } from './domain/workflow-definition.js';

const FIELD = 'wallet.wallet_balance';

/**
 * The wallet type that a workflow watches is there, and a threshold in money or credits is in what its wallets hold (e.32).
 * @throws DomainError
 */
export async function checkWatchedWallets(
  tx: Transaction,
  platformId: string,
  { wallet }: Pick<WorkflowDefinition, 'wallet'>,
): Promise<void> {
  const { wallet_type_id: id, threshold } = wallet?.wallet_balance ?? {};
  if (id == null) return;
  const type = await findResource(tx, walletTypeTable, platformId, { id });
  if (!type) throw DomainError.unknownReference('WALLET_TYPE', id, `${FIELD}.wallet_type_id`);
  const unit = unitOf(type.document);
  const kind = threshold?.amount ? 'amount' : 'credits';
  const stated = threshold?.[kind];
  if (!unit || !stated || isOfUnit({ [kind]: stated }, unit)) return;
  throw DomainError.invalidField(
    `${FIELD}.threshold.${kind}`,
    `The wallets of this type hold ${unitInWords(unit)}; state the threshold in that, or as a percentage.`,
  );
}
