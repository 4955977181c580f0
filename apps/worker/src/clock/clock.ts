import { type Database, type Transaction } from '#database/database';
import { advanceCadence } from '#workflows/advance-cadence';
import { dueCadences } from '#workflows/data/cadence.repository';
import { dueWallets } from '#billing/wallets/wallet.repository';
import { enrolNextPage } from '#workflows/enrol-open-resources';
import { lookAtWallet } from '#workflows/record-wallet';

const WAVE = 100;

/**
 * Time as a producer of triggers: cadences whose instant has come move to their next step, wallets in which a grant has begun or
 * ended are looked at, what was already open is enrolled. An idle tick is three index probes.
 * @param onError a cadence or wallet that fails is tried again at the next tick and holds up no other one.
 * @returns whether there may be more to do right now.
 */
export async function tick(
  database: Database,
  onPlanned: () => void,
  onError: (error: unknown) => void,
): Promise<boolean> {
  const each = async <Key>(due: Key[], work: (tx: Transaction, key: Key) => Promise<boolean>) => {
    let failed = 0;
    for (const key of due) {
      try {
        if (await database.transaction((tx) => work(tx, key))) onPlanned();
      } catch (error) {
        failed += 1;
        onError(error);
      }
    }
    return due.length === WAVE && failed < WAVE;
  };
  const moreCadences = await each(await dueCadences(database.client, WAVE), advanceCadence);
  const moreWallets = await each(await dueWallets(database.client, WAVE), lookAtWallet);
  const enrolled = await enrolNextPage(database);
  return enrolled || moreCadences || moreWallets;
}
