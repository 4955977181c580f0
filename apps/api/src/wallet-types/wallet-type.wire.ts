import { z } from 'zod';
import { type WalletTypeRow } from '#billing/wallets/wallet-type';
import { toWireTime } from '#kernel/local-time';
import { pageOf } from '../http/pages.js';
import { CURRENCIES } from '../wire/codes.js';
import { id, line, reference, resourceHead, resourceTimes } from '../wire/fields.js';

/** Wallets and their types have the same ones. */
export const WALLET_STATUSES = ['DRAFT', 'ACTIVE', 'INACTIVE', 'DEPRECATED', 'ARCHIVED'] as const;
export const WALLET_TYPES = ['CREDIT', 'BALANCE'] as const;

const amountGrant = z.object({
  default_currency: z.enum(CURRENCIES).optional().describe('The currency that the wallets hold.'),
  tax_category: z.enum(['STANDARD', 'NO_TAX', 'EXEMPT']).optional(),
});

const definition = z.object({
  name: line,
  reference,
  status: z.enum(WALLET_STATUSES).nullish().describe('Default: ACTIVE.'),
  type: z.enum(WALLET_TYPES),
  credit: z
    .object({
      grant_type: z.enum(['CREDITS', 'AMOUNT']).optional(),
      amount_grant: amountGrant.optional(),
      credits_grant: z.object({ credit_type_id: id.optional() }).optional(),
    })
    .optional(),
  balance: z
    .object({
      default_currency: z
        .string()
        .refine((code) => CURRENCIES.includes(code), 'Write a currency code such as EUR.')
        .optional()
        .describe('The currency that the wallets hold.'),
    })
    .optional(),
});

type Definition = z.output<typeof definition>;

type Problem = { path: string[]; message: string } | null;

const CURRENCY_MISSING = 'State the currency of the wallets.';

/** Unless it is a draft, a type says in what its wallets are counted; it has only the block of its own kind. */
function problemOf(type: Definition): Problem {
  const other = type.type === 'CREDIT' ? 'balance' : 'credit';
  if (type[other] !== undefined) {
    return { path: [other], message: `${other} does not belong to a type ${type.type}.` };
  }
  if (type.status === 'DRAFT') return null;
  if (type.type === 'CREDIT') return creditProblem(type.credit ?? {});
  if (type.balance?.default_currency) return null;
  return { path: ['balance', 'default_currency'], message: CURRENCY_MISSING };
}

function creditProblem(credit: NonNullable<Definition['credit']>): Problem {
  const { grant_type: grants, amount_grant: amount, credits_grant: credits } = credit;
  if (!grants) {
    return { path: ['credit', 'grant_type'], message: 'State whether the wallets hold CREDITS or an AMOUNT.' };
  }
  if (grants === 'AMOUNT' && !amount?.default_currency) {
    return { path: ['credit', 'amount_grant', 'default_currency'], message: CURRENCY_MISSING };
  }
  if (grants === 'CREDITS' && !credits?.credit_type_id) {
    return {
      path: ['credit', 'credits_grant', 'credit_type_id'],
      message: 'State the kind of credits of the wallets.',
    };
  }
  return null;
}

/** One schema for creating a type and for what a PATCH leaves of it. */
export const walletTypeCreateRequest = definition
  .superRefine((type, context) => {
    const problem = problemOf(type);
    if (problem) context.addIssue({ code: 'custom', ...problem });
  })
  .meta({ id: 'WalletTypeCreateRequest' });
export const walletTypeUpdateRequest = definition.partial().meta({ id: 'WalletTypeUpdateRequest' });
export type WalletTypeCreateRequest = z.output<typeof walletTypeCreateRequest>;
export type WalletTypeUpdateRequest = z.output<typeof walletTypeUpdateRequest>;

export const walletTypeResponse = z
  .object({ ...resourceHead, ...definition.shape, ...resourceTimes })
  .meta({ id: 'WalletType' });
export const walletTypePage = pageOf(walletTypeResponse, 'WalletTypeResponseWrapper');

export function toWire({ id: ownId, status, document, createdAt, updatedAt }: WalletTypeRow) {
  return {
    object_type: 'WALLET_TYPE',
    id: ownId,
    ...document,
    status,
    created_at: toWireTime(createdAt),
    updated_at: toWireTime(updatedAt),
  };
}
