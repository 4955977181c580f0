import { type JsonObject, textOf } from '#billing/resources/merge-patch';
import { touchResource } from '#billing/resources/resource-table';
import { changesBetween } from '#billing/wallets/wallet-balance';
import { insertGrant, type WalletGrantRow } from '#billing/wallets/wallet-grant';
import { walletTable } from '#billing/wallets/wallet';
import {
  type HeldWallet,
  lockWallet,
  lockWalletIfFree,
  readContent,
  saveNextLook,
  type WalletContent,
  walletStateFor,
  type WalletKey,
} from '#billing/wallets/wallet.repository';
import { type Transaction } from '#database/database';
import { databaseTime } from '#database/database-time';
import { DomainError } from '#kernel/errors';
import { shareLock } from './data/platform-lock.js';
import { startWorkflows } from './record-consequences.js';

/**
 * Records a grant, or what was used, with all that follows: the wallet's revision, what the clock is to look for, workflows that
 * the new balance starts.
 * @param starts false for `record_only`: starts nothing (e.34).
 * @throws DomainError naming the field that does not fit.
 */
export async function recordWalletGrant(
  tx: Transaction,
  platformId: string,
  document: JsonObject,
  { starts }: { starts: boolean },
): Promise<WalletGrantRow> {
  await shareLock(tx, platformId);
  const id = textOf(document, 'wallet_id') ?? '';
  const held = await lockWallet(tx, { platformId, id });
  if (!held) throw DomainError.unknownReference('WALLET', id, 'wallet_id');
  const { wallet } = held;
  const before = await readContent(tx, wallet);
  // What time did comes first: a grant that ended a moment ago was not replaced in time.
  const seen = await followTime(tx, held, before, await databaseTime(tx));
  const grant = await insertGrant(tx, wallet, before.unit, document);
  const after = await readContent(tx, wallet);
  const at = latest(await databaseTime(tx), grant.createdAt);
  await saveNextLook(tx, wallet, after.entries, at);
  if (!starts) return grant;
  const state = await walletStateFor(tx, wallet);
  const change = { before: state(before, at, seen), after: state(after, at, seen + 1n) };
  await startWorkflows(tx, { type: 'WALLET', ...change, at });
  return grant;
}

/**
 * What the clock does with a wallet whose instant has come: a grant has begun or ended. Doing it twice changes nothing.
 * @returns whether it was looked at; false also when another transaction holds it (the next tick finds it again).
 */
export async function lookAtWallet(tx: Transaction, key: WalletKey): Promise<boolean> {
  await shareLock(tx, key.platformId);
  const held = await lockWalletIfFree(tx, key);
  const now = await databaseTime(tx);
  if (!held?.lookAt || held.lookAt > now) return false;
  const content = await readContent(tx, held.wallet);
  await followTime(tx, held, content, now);
  await saveNextLook(tx, held.wallet, content.entries, now);
  return true;
}

/**
 * Brings a locked wallet up to `now`: each instant since the last look at which a grant began or ended is a change like any
 * other. The wallet's revision is raised, so that a mail under way is decided on again.
 * @returns the revision.
 */
async function followTime(
  tx: Transaction,
  { wallet, lookAt }: HeldWallet,
  content: WalletContent,
  now: Date,
): Promise<bigint> {
  if (!lookAt || lookAt > now) return wallet.revision;
  await touchResource(tx, walletTable, wallet);
  const revision = wallet.revision + 1n;
  const state = await walletStateFor(tx, wallet);
  for (const at of changesBetween(content.entries, justBefore(lookAt), now)) {
    const before = state(content, justBefore(at), wallet.revision);
    await startWorkflows(tx, { type: 'WALLET', before, after: state(content, at, revision), at });
  }
  return revision;
}

function justBefore(instant: Date): Date {
  return new Date(instant.getTime() - 1);
}

function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}
