import { type Transaction } from '#database/database';

/** The zones that an invoice without one of its own is counted in: its customer's, else the platform's (e.35). */
export async function zonesOf(
  tx: Transaction,
  platformId: string,
  customerId: string | null,
): Promise<{ customerZone: string | null; platformZone: string | null }> {
  const [zones] = await tx.$queryRaw<{ customerZone: string | null; platformZone: string | null }[]>`
    SELECT p.timezone AS "platformZone",
           (SELECT c.timezone FROM customer c WHERE c.platform_id = p.id AND c.id = ${customerId}) AS "customerZone"
      FROM platform p WHERE p.id = ${platformId}`;
  return zones ?? { customerZone: null, platformZone: null };
}
