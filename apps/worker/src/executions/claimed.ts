import { type MailFacts } from '#billing/mail-facts';
import { mailFacts, toMailFacts } from '#billing/read-mail-facts';
import { type Database } from '#database/database';
import { type RowsOf } from '#database/session';
import { type Statement } from '#database/statement';
import { claim, type ClaimedExecution, type ExecutionKey } from '#ledger/data/claim';
import { executionDefinition, type ExecutionDefinition, mailSubject } from '#workflows/data/execution-definition';

/** A claimed execution with everything that it depends on, read in the claim's own transaction. */
export interface Claimed {
  execution: ClaimedExecution;
  definition: ExecutionDefinition | null;
  facts: MailFacts;
}

/** Claims in one transaction. @returns null for those that are not to be had: finished, not due, or another's. */
export async function claimTogether(
  database: Database,
  keys: ExecutionKey[],
  leaseMs: number,
): Promise<(Claimed | null)[]> {
  const statements = keys.flatMap((key) => [
    claim(key, leaseMs),
    executionDefinition(key),
    mailFacts(mailSubject(key)),
  ]);
  const answers = await database.together<Statement[]>(statements);
  return keys.map((_, n) => {
    const [[execution], [definition = null], [facts]] = answers.slice(3 * n, 3 * n + 3) as RowsOf<
      [ReturnType<typeof claim>, ReturnType<typeof executionDefinition>, ReturnType<typeof mailFacts>]
    >;
    return execution && facts ? { execution, definition, facts: toMailFacts(facts) } : null;
  });
}

/** Revisions of everything that a preparation is decided on; what does not exist is left out. */
export function revisionsOf(definition: ExecutionDefinition | null, facts: MailFacts): Record<string, string> {
  const { customer, invoice, payment, subscription, wallet, integration } = facts;
  const resources = {
    customer,
    invoice,
    payment,
    subscription,
    wallet,
    integration,
    workflow: definition?.workflow,
    action: definition?.action,
  };
  return Object.fromEntries(
    Object.entries(resources).flatMap(([name, resource]) => (resource ? [[name, resource.revision]] : [])),
  );
}

export function sameRevisions(stored: Record<string, string> | null, now: Record<string, string>): boolean {
  if (!stored) return false;
  const names = new Set([...Object.keys(stored), ...Object.keys(now)]);
  return [...names].every((name) => stored[name] === now[name]);
}
