import { DomainError } from '#kernel/errors';

const FINAL: readonly (string | null)[] = ['ARCHIVED', 'VOID'];

/**
 * Nothing goes back to DRAFT and nothing leaves ARCHIVED or VOID (e.70); every other change of status is free.
 * @throws DomainError INVALID_OPERATION
 */
export function checkStatusChange(resourceType: string, from: string | null, to: string | null): void {
  if (from === to) return;
  const noun = resourceType.toLowerCase().replaceAll('_', ' ');
  const refuse = (why: string) =>
    DomainError.invalidOperation(`This ${noun} is ${from ?? 'without status'}: ${why}`, { field: 'status' });
  if (FINAL.includes(from)) throw refuse(`${String(from)} is final.`);
  if (to === 'DRAFT') throw refuse('it cannot go back to DRAFT.');
}
