const WRITTEN = ['CREATED', 'UPDATED', 'DELETE'];
const movesTo = (...statuses: string[]) => statuses.map((status) => `STATUS_TO_${status}`);

/** What webhooks tell about, by type of resource. Keys, roles and users are nobody's business outside. */
const ACTIONS: Record<string, readonly string[]> = {
  BILLING_ENTITY: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'ARCHIVED')],
  CONTACT: WRITTEN,
  CUSTOMER: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'DEPRECATED', 'ARCHIVED')],
  INTEGRATION: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'ERROR', 'DEPRECATED', 'ARCHIVED')],
  INVOICE: ['CREATED', 'UPDATED', ...movesTo('DRAFT', 'OPEN', 'FINAL', 'VOID', 'ARCHIVED'), 'PAID'],
  PAYMENT: ['CREATED', 'UPDATED'],
  PAYMENT_ACCEPTOR: WRITTEN,
  PRICING_PLAN_SCHEDULE: WRITTEN,
  PRICING_PLAN_SUBSCRIPTION: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'CANCELLED', 'VOID', 'EXPIRED', 'ARCHIVED')],
  WALLET: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'DEPRECATED', 'ARCHIVED')],
  WALLET_GRANT: WRITTEN,
  WALLET_TYPE: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'DEPRECATED', 'ARCHIVED')],
  WEBHOOK: WRITTEN,
  WORKFLOW: ['CREATED', 'UPDATED', ...movesTo('DRAFT', 'ACTIVE', 'INACTIVE', 'ARCHIVED')],
  WORKFLOW_ACTION: [...WRITTEN, ...movesTo('DRAFT', 'ACTIVE', 'INACTIVE', 'ARCHIVED')],
  WORKFLOW_TRIGGER: ['CREATED'],
  WORKFLOW_ACTION_EXECUTION: ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN'],
};

/** All there is to subscribe to, in alphabetical order of the types. */
export const WEBHOOK_ACTIONS = Object.entries(ACTIONS)
  .map(([objectType, actions]) => ({ objectType, actions }))
  .sort((a, b) => a.objectType.localeCompare(b.objectType));

export function isPublished(resourceType: string, action: string): boolean {
  return ACTIONS[resourceType]?.includes(action) ?? false;
}

/** Whether a text names something to subscribe to: `CONTACT.DELETE`; `CONTACT.DELETED` means the same. */
export function isWebhookAction(name: string): boolean {
  const [, type = '', action = ''] = /^([A-Z_]+)\.([A-Z_]+)$/.exec(name) ?? [];
  return isPublished(type, action === 'DELETED' ? 'DELETE' : action);
}
