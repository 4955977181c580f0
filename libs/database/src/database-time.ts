import { type Transaction } from './database.js';

/** The database's clock now, not the transaction's start: a lock may have been waited for (rule 11). */
export async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (!row) throw new Error('The database did not tell its time.');
  return row.now;
}
