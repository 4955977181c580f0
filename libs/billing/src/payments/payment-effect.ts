import { type Amount, decimal } from '#kernel/amount';

/** Results by which money that was counted is taken back. */
const TAKEN_BACK = ['CHARGED_BACK', 'REFUNDED'];

/**
 * How much a recorded payment moves what is paid on its invoice: an AUTHORIZED one by its amount, a charged-back or refunded
 * one back by its amount, any other not at all. A decimal in the payment's currency.
 */
export function paidBy(result: string, stated: Amount | null | undefined): ReturnType<typeof decimal> {
  const size = decimal(stated?.quantity ?? '0').abs();
  if (result === 'AUTHORIZED') return size;
  return TAKEN_BACK.includes(result) ? size.negated() : decimal('0');
}
