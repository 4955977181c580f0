import { AsyncLocalStorage } from 'node:async_hooks';
import { type Transaction } from './database.js';

/** A transaction that everything joins which runs inside of it. */
export interface AmbientTransaction {
  /** The `Database` that it belongs to: others have nothing to do with it. */
  owner: object;
  tx: Transaction;
  afterCommit: (() => void)[];
}

export const ambientTransaction = new AsyncLocalStorage<AmbientTransaction>();

/** Does what others may only see once this work is committed: at once, or when the transaction that it runs in has ended well. */
export function afterCommit(work: () => void): void {
  const ambient = ambientTransaction.getStore();
  if (ambient) ambient.afterCommit.push(work);
  else work();
}
