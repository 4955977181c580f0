import { randomBytes } from 'node:crypto';

/** The four letters in front of every id, by kind (contract a.6, e.5). */
export const ID_PREFIX = {
  platform: 'plat',
  apiKey: 'apik',
  role: 'role',
  user: 'user',
  customer: 'cust',
  contact: 'cont',
  billingEntity: 'bile',
  integration: 'inte',
  paymentAcceptor: 'paya',
  invoice: 'invo',
  invoiceLine: 'inli',
  payment: 'paym',
  portalUrl: 'purl',
  walletType: 'walt',
  wallet: 'wall',
  walletGrant: 'wagr',
  pricingPlanSubscription: 'ppsu',
  pricingPlanSchedule: 'ppsc',
  workflow: 'wkfl',
  workflowAction: 'wkfa',
  workflowTrigger: 'wkft',
  execution: 'wkfe',
  auditRecord: 'audr',
  webhook: 'webh',
  webhookEvent: 'whev',
  request: 'reqr',
} as const;

export type IdKind = keyof typeof ID_PREFIX;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TIME_DIGITS = 8;
const RANDOM_DIGITS = 12;

/**
 * A new id: prefix, `_` and 20 alphanumerics, of which the first 8 are the time in milliseconds (base 62), so that
 * ids of one kind sort by creation in byte order and indexes stay compact; 12 are random (71 bits).
 */
export function newId(kind: IdKind): string {
  // eslint-disable-next-line no-restricted-syntax -- an id is random anyway; the clock only orders it, nothing decides by it
  let time = Date.now();
  let head = '';
  for (let i = 0; i < TIME_DIGITS; i += 1) {
    head = ALPHABET.charAt(time % 62) + head;
    time = Math.floor(time / 62);
  }
  return `${ID_PREFIX[kind]}_${head}${randomAlphanumerics(RANDOM_DIGITS)}`;
}

/** `count` random letters and digits without bias, fit for secrets. */
export function randomAlphanumerics(count: number): string {
  let text = '';
  while (text.length < count) {
    for (const byte of randomBytes(count * 2)) {
      // 248 is the largest multiple of 62 below 256: bytes above it would favour the first letters.
      if (byte < 248 && text.length < count) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}

/** Whether a text has the shape of one of our ids. Imported ids may look different: treat ids as opaque elsewhere. */
export function looksLikeId(text: string): boolean {
  return /^[a-z]{4}_[A-Za-z0-9]{20}$/.test(text);
}
