import { type PlanOf, type PlansResult } from './run-plans.js';

/** The plans for people: by operation, what was asked, how it is done, and what is wrong with that. */
export function report({ plans, refused }: PlansResult): string {
  const wrong = plans.filter(({ problems }) => problems.length > 0);
  const operations = [...new Set(plans.map(({ operation }) => operation))];
  return [
    ...operations.flatMap((operation) => [
      operation,
      ...plans.filter((plan) => plan.operation === operation).map(line),
    ]),
    '',
    ...refused.map((refusal) => `Not asked: ${refusal}`),
    wrong.length === 0
      ? `None of ${plans.length} requests reads a large table from end to end, or sorts or passes over many rows.`
      : `${wrong.length} of ${plans.length} requests read too much:`,
    ...wrong.map(({ operation, what, problems }) => `  ${operation} ${what}: ${[...new Set(problems)].join(', ')}`),
  ].join('\n');
}

function line({ what, ms, nodes, problems }: PlanOf): string {
  const shown = what.length > 58 ? `${what.slice(0, 57)}…` : what.padEnd(58);
  return `${problems.length > 0 ? '! ' : '  '}${shown} ${ms.toFixed(2).padStart(9)} ms  ${nodes}`;
}
