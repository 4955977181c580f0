import { z } from 'zod';

/** What a workflow watches. It picks the one configuration block that applies. */
export const WORKFLOW_TYPES = ['INVOICE', 'PAYMENT', 'PRICING_PLAN_SUBSCRIPTION', 'WALLET'] as const;
export type WorkflowType = (typeof WORKFLOW_TYPES)[number];

/** The name of the block that belongs to a type, on the wire. */
export const BLOCK = {
  INVOICE: 'invoice',
  PAYMENT: 'payment',
  PRICING_PLAN_SUBSCRIPTION: 'pricing_plan_subscription',
  WALLET: 'wallet',
} as const satisfies Record<WorkflowType, string>;

export const INVOICE_VARIANTS = ['TO_FINAL', 'OVERDUE', 'UPCOMING_PAYMENT_REMINDER'] as const;
export const PAYMENT_VARIANTS = ['FAILED_PAYMENT'] as const;
export const SUBSCRIPTION_VARIANTS = ['FREE_TRIAL_REMINDER'] as const;
export const WALLET_VARIANTS = ['WALLET_BALANCE'] as const;

/** The comparators of the contract; a wallet workflow takes LESS_THAN only. */
const COMPARATORS = [
  'EQUALS',
  'NOT_EQUALS',
  'IN',
  'NOT_IN',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUALS',
  'LESS_THAN',
  'LESS_THAN_OR_EQUALS',
  'EMPTY',
  'NOT_EMPTY',
  'CONTAINS',
  'NOT_CONTAINS',
] as const;

/** A period as a client may state it: a draft may lack either half. */
const statedPeriod = z.object({
  type: z.enum(['DAY', 'WEEK', 'MONTH', 'YEAR']).optional(),
  value: z.int().nullish().meta({ description: 'How many of them: 0 to 3650. 0 is allowed after a due date only.' }),
});
export type StatedPeriod = z.infer<typeof statedPeriod>;

const periods = z.array(statedPeriod);

const invoiceBlock = z.object({
  variant: z
    .enum(INVOICE_VARIANTS)
    .optional()
    .meta({ description: 'Which condition of an invoice starts the workflow.' }),
  overdue: z
    .object({ periods: periods.optional().meta({ description: 'The steps, each a distance after the due date.' }) })
    .optional()
    .meta({ description: 'Settings of the variant OVERDUE.' }),
  upcoming_payment: z
    .object({
      periods: periods.optional().meta({ description: 'The reminders, each a distance before the charge date.' }),
    })
    .optional()
    .meta({ description: 'Settings of the variant UPCOMING_PAYMENT_REMINDER.' }),
});

const paymentBlock = z.object({
  variant: z
    .enum(PAYMENT_VARIANTS)
    .optional()
    .meta({ description: 'Which condition of a payment starts the workflow.' }),
});

const subscriptionBlock = z.object({
  variant: z
    .enum(SUBSCRIPTION_VARIANTS)
    .optional()
    .meta({ description: 'Which condition of a subscription starts it.' }),
  reminder_periods: periods
    .nullish()
    .meta({ description: 'The reminders, each a distance before the end of the trial.' }),
});

const threshold = z.object({
  percentage: z.string().nullish().meta({ description: 'Percentage of the unexpired grants, as a decimal string.' }),
  amount: z.object({ quantity: z.string().optional(), currency: z.string().optional() }).optional(),
  credits: z.object({ quantity: z.string().optional(), credit_type_id: z.string().optional() }).optional(),
});

const walletBlock = z.object({
  variant: z.enum(WALLET_VARIANTS).optional().meta({ description: 'Which condition of a wallet starts the workflow.' }),
  wallet_balance: z
    .object({
      wallet_type_id: z.string().nullish().meta({ description: 'The wallet type that is watched; null: all.' }),
      comparator: z.enum(COMPARATORS).optional().meta({ description: 'LESS_THAN is the one that is supported.' }),
      threshold: threshold.optional().meta({ description: 'Exactly one of percentage, amount and credits.' }),
    })
    .optional()
    .meta({ description: 'Settings of the variant WALLET_BALANCE.' }),
});

/** The four blocks under their names on the wire. A workflow has the one of its own type. */
export const workflowBlocks = z.object({
  invoice: invoiceBlock.optional().meta({ description: 'Settings of a workflow of type INVOICE.' }),
  payment: paymentBlock.optional().meta({ description: 'Settings of a workflow of type PAYMENT.' }),
  pricing_plan_subscription: subscriptionBlock
    .optional()
    .meta({ description: 'Settings of a workflow of type PRICING_PLAN_SUBSCRIPTION.' }),
  wallet: walletBlock.optional().meta({ description: 'Settings of a workflow of type WALLET.' }),
});
export type WorkflowBlocks = z.infer<typeof workflowBlocks>;

/** The schema of one type's block: what column `config` of a workflow holds. */
export const blockSchema = {
  INVOICE: invoiceBlock,
  PAYMENT: paymentBlock,
  PRICING_PLAN_SUBSCRIPTION: subscriptionBlock,
  WALLET: walletBlock,
} as const satisfies Record<WorkflowType, z.ZodType>;

export type WalletBlock = z.infer<typeof walletBlock>;
export type WorkflowBlock = NonNullable<WorkflowBlocks[keyof WorkflowBlocks]>;
