import { type Amount } from '#kernel/amount';
import { type Formatter } from '#kernel/format';

type MaybeStated<T> = T | null | undefined;

/** What a document leaves out is null in a template. */
export function stated<T>(value: MaybeStated<T>): T | null {
  return value ?? null;
}

/** Writers of what a document states, for one reader; each gives null for what it leaves out. */
export function printedFor(format: Formatter) {
  return {
    money: (amount: MaybeStated<Amount>) => (amount ? format.money(amount) : null),
    date: (instant: MaybeStated<string>) => (instant ? format.date(instant) : null),
    quantity: (amount: MaybeStated<Amount>) => (amount ? amount.quantity : null),
  };
}
