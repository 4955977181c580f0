import { DomainError } from '#kernel/errors';

export const STATUSES = ['ACTIVE', 'INACTIVE', 'DRAFT', 'ARCHIVED'] as const;
/** Workflows and actions share the four words. */
export type Status = (typeof STATUSES)[number];

const WORKFLOW: Record<Status, readonly Status[]> = {
  DRAFT: ['INACTIVE', 'ACTIVE', 'ARCHIVED'],
  INACTIVE: ['ACTIVE', 'ARCHIVED'],
  ACTIVE: ['INACTIVE', 'ARCHIVED'],
  ARCHIVED: [],
};

const ACTION: Record<Status, readonly Status[]> = {
  DRAFT: ['INACTIVE', 'ACTIVE', 'ARCHIVED'],
  INACTIVE: ['DRAFT', 'ACTIVE', 'ARCHIVED'],
  ACTIVE: ['DRAFT', 'INACTIVE', 'ARCHIVED'],
  ARCHIVED: [],
};

/** Nothing goes back to DRAFT, nothing leaves ARCHIVED; the same status again is no change (e.16). @throws DomainError */
export function checkWorkflowStatus(from: Status, to: Status): void {
  check('workflow', WORKFLOW, from, to);
}

/** Free among DRAFT, INACTIVE and ACTIVE; ARCHIVED is final (e.21). @throws DomainError */
export function checkActionStatus(from: Status, to: Status): void {
  check('action', ACTION, from, to);
}

/** A new one is DRAFT, INACTIVE or ACTIVE (e.17). @throws DomainError */
export function checkFirstStatus(status: Status): void {
  if (status !== 'ARCHIVED') return;
  throw DomainError.invalidField('status', 'status must be DRAFT, INACTIVE or ACTIVE at first; archive it later.');
}

function check(noun: string, table: Record<Status, readonly Status[]>, from: Status, to: Status): void {
  if (from === to || table[from].includes(to)) return;
  const allowed = table[from].length > 0 ? `It can become ${table[from].join(', ')}.` : 'ARCHIVED is final.';
  throw DomainError.invalidOperation(`This ${noun} is ${from} and cannot become ${to}. ${allowed}`, {
    field: 'status',
  });
}
