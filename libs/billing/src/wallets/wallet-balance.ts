import { decimal } from '#kernel/amount';

/** One entry of a wallet: a grant, or with a negative quantity what was used. */
export interface WalletEntry {
  /** Decimal string in the wallet's unit. */
  quantity: string;
  from: Date;
  /** The first instant at which a grant is valid no more; null: it never ends. */
  until: Date | null;
}

/** Decimal strings in the wallet's unit. */
export interface WalletBalance {
  /** What is left. Below zero when more was used than there was. */
  balance: string;
  /** The sum of the grants that are valid, used or not. */
  granted: string;
}

/**
 * What a wallet holds at an instant: the grants valid then less what was used (e.78). What is used comes out of the grant that
 * ends first, so that a grant which ends takes along only what was left of it; what no grant covers is owed, and the next
 * grant pays it.
 */
export function balanceAt(entries: readonly WalletEntry[], at: Date): WalletBalance {
  const past = entries.filter(({ from }) => from <= at).sort((a, b) => a.from.getTime() - b.from.getTime());
  const grants: OpenGrant[] = [];
  let owed = decimal(0);
  for (const { quantity, from, until } of past) {
    const value = decimal(quantity);
    if (value.isNegative()) {
      owed = owed.plus(use(grants, value.negated(), from));
    } else {
      const paid = owed.lessThan(value) ? owed : value;
      owed = owed.minus(paid);
      grants.push({ quantity: value, left: value.minus(paid), until });
    }
  }
  const valid = grants.filter((grant) => isOpen(grant, at));
  const sum = (values: Decimal[]) => values.reduce((total, value) => total.plus(value), decimal(0));
  return {
    balance: sum(valid.map(({ left }) => left))
      .minus(owed)
      .toFixed(),
    granted: sum(valid.map(({ quantity }) => quantity)).toFixed(),
  };
}

/** The instants after `after` and not after `until` at which time alone changes the balance, in order. */
export function changesBetween(entries: readonly WalletEntry[], after: Date, until: Date): Date[] {
  return instantsAfter(entries, after).filter((instant) => instant <= until);
}

/** The next instant at which time alone changes the balance; null when none will. */
export function nextChange(entries: readonly WalletEntry[], after: Date): Date | null {
  return instantsAfter(entries, after)[0] ?? null;
}

type Decimal = ReturnType<typeof decimal>;

interface OpenGrant {
  quantity: Decimal;
  left: Decimal;
  until: Date | null;
}

/** Takes what is used out of the grants that are valid then. @returns what none of them covered. */
function use(grants: OpenGrant[], needed: Decimal, at: Date): Decimal {
  let open = needed;
  for (const grant of grants.filter((one) => isOpen(one, at)).sort(endsFirst)) {
    const taken = grant.left.lessThan(open) ? grant.left : open;
    grant.left = grant.left.minus(taken);
    open = open.minus(taken);
  }
  return open;
}

function isOpen({ until }: OpenGrant, at: Date): boolean {
  return until === null || until > at;
}

function endsFirst(a: OpenGrant, b: OpenGrant): number {
  return (a.until?.getTime() ?? Infinity) - (b.until?.getTime() ?? Infinity) || 0;
}

function instantsAfter(entries: readonly WalletEntry[], after: Date): Date[] {
  return entries
    .flatMap(({ from, until }) => (until ? [from, until] : [from]))
    .filter((instant) => instant > after)
    .sort((a, b) => a.getTime() - b.getTime());
}
