import { checkActionStatus, checkFirstStatus, checkWorkflowStatus, type Status, STATUSES } from './workflow-status.js';

/** The words that each status may become, in the order of STATUSES. */
function allowedBy(check: (from: Status, to: Status) => void, from: Status): Status[] {
  return STATUSES.filter((to) => {
    try {
      check(from, to);
      return true;
    } catch {
      return false;
    }
  });
}

describe('the status of a workflow', () => {
  it.each([
    ['DRAFT', ['ACTIVE', 'INACTIVE', 'DRAFT', 'ARCHIVED']],
    ['INACTIVE', ['ACTIVE', 'INACTIVE', 'ARCHIVED']],
    ['ACTIVE', ['ACTIVE', 'INACTIVE', 'ARCHIVED']],
    ['ARCHIVED', ['ARCHIVED']],
  ] as [Status, Status[]][])('%s may become %j', (from, allowed) => {
    expect(allowedBy(checkWorkflowStatus, from)).toEqual(allowed);
  });

  it('says what it can become instead', () => {
    expect(() => checkWorkflowStatus('ACTIVE', 'DRAFT')).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPERATION',
        message: 'This workflow is ACTIVE and cannot become DRAFT. It can become INACTIVE, ARCHIVED.',
        details: { field: 'status' },
      }),
    );
  });
});

describe('the status of an action', () => {
  it.each([
    ['DRAFT', ['ACTIVE', 'INACTIVE', 'DRAFT', 'ARCHIVED']],
    ['INACTIVE', ['ACTIVE', 'INACTIVE', 'DRAFT', 'ARCHIVED']],
    ['ACTIVE', ['ACTIVE', 'INACTIVE', 'DRAFT', 'ARCHIVED']],
    ['ARCHIVED', ['ARCHIVED']],
  ] as [Status, Status[]][])('%s may become %j', (from, allowed) => {
    expect(allowedBy(checkActionStatus, from)).toEqual(allowed);
  });
});

describe('the first status', () => {
  it('is anything but ARCHIVED', () => {
    expect(allowedBy((_, to) => checkFirstStatus(to), 'DRAFT')).toEqual(['ACTIVE', 'INACTIVE', 'DRAFT']);
  });
});
