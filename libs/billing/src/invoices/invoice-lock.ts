import { type Transaction } from '#database/database';

/**
 * Makes writers of the same new invoice take turns: it has no row to lock yet. Names are its id and its number; those that are
 * absent are passed over.
 */
export async function lockInvoiceNames(
  tx: Transaction,
  platformId: string,
  names: (string | null | undefined)[],
): Promise<void> {
  const keys = names.filter((name) => !!name).map((name) => `invoice:${platformId}:${name ?? ''}`);
  for (const key of keys.sort()) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
