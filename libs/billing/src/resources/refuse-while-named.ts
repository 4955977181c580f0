import { type Transaction } from '#database/database';
import { type Statement } from '#database/statement';
import { DomainError } from '#kernel/errors';

/** Rows that name a resource: what they are called, and a statement that gives the id of any one of them. */
export type Naming = readonly [noun: string, one: Statement<{ id: string }>];

/**
 * What others point at is not deleted (e.71).
 * @throws DomainError INVALID_OPERATION that tells one of them.
 */
export async function refuseWhileNamed(
  tx: Transaction,
  { resourceType, id }: { resourceType: string; id: string },
  namings: readonly Naming[],
): Promise<void> {
  for (const [noun, one] of namings) {
    const [row] = await tx.$queryRaw<{ id: string }[]>(one);
    if (!row) continue;
    throw DomainError.invalidOperation(
      `The ${noun} ${row.id} refers to it, so it cannot be deleted. Remove that first, or archive this one instead.`,
      { resourceType, resourceId: id },
    );
  }
}
