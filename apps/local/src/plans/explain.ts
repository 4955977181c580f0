import { type Client, escapeLiteral } from 'pg';
import { median } from '../bench/statistics.js';
import { type Sent } from './sent-statements.js';

/** A node of PostgreSQL's plan, as EXPLAIN writes it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

export interface Explained {
  ms: number;
  /** From the outside in: `Limit > Index Scan invoice_status`. */
  nodes: string;
  indexes: string[];
  /** What a large table should not be asked for. */
  problems: string[];
}

/** What is too much. */
export interface Limits {
  /** Tables that no statement may read from end to end. */
  largeTables: ReadonlySet<string>;
  /** Rows that may be sorted or passed over. */
  manyRows?: number | undefined;
  /** Explains the first run, and measures nothing worth reading. */
  once?: boolean;
}

/** After so many, PostgreSQL decides whether it goes on planning for the values at hand. */
const BEFORE_PLAN_IS_KEPT = 5;
const MEASURED = 3;
/** Reading more rows than this for one page is as bad as reading them all. */
const MANY_ROWS = 20_000;

/**
 * Runs a statement as the product's connections do, prepared and often, and tells how it is carried out then.
 */
export async function explain(
  client: Client,
  { text, values }: Sent,
  { largeTables, manyRows = MANY_ROWS, once = false }: Limits,
): Promise<Explained> {
  await client.query(`PREPARE explained AS ${text}`);
  try {
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : '';
    const runs: { ms: number; plan: PlanNode }[] = [];
    for (let run = 0; run < (once ? 1 : BEFORE_PLAN_IS_KEPT + MEASURED); run += 1) {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained${given}`,
      );
      const [row] = rows;
      if (!row) throw new Error('EXPLAIN answered nothing.');
      const [{ Plan: plan, 'Execution Time': ms }] = row['QUERY PLAN'];
      runs.push({ ms, plan });
    }
    const measured = runs.slice(-MEASURED);
    const nodes = nodesOf(runs.at(-1)?.plan);
    return {
      ms: median(measured.map(({ ms }) => ms)),
      nodes: [...new Set(nodes.map(nameOf))].join(' > '),
      indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
      problems: nodes.flatMap((node) => problemOf(node, largeTables, manyRows) ?? []),
    };
  } finally {
    await client.query('DEALLOCATE explained');
  }
}

function nodesOf(node: PlanNode | undefined): PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(nodesOf)] : [];
}

function nameOf(node: PlanNode): string {
  return [node['Node Type'], node['Index Name'] ?? node['Relation Name']].filter(Boolean).join(' ');
}

function problemOf(node: PlanNode, largeTables: ReadonlySet<string>, manyRows: number): string | null {
  const type = node['Node Type'];
  const table = node['Relation Name'] ?? '';
  if (type === 'Seq Scan' && largeTables.has(table)) return `reads all of ${table}`;
  // A sort that stops early still reads what it sorts, which is what comes from below.
  const sorted = type.includes('Sort') ? (node.Plans ?? []).reduce((sum, below) => sum + rowsOf(below), 0) : 0;
  if (sorted > manyRows) return `sorts ${sorted} rows`;
  const passed = passedOver(node);
  if (passed > manyRows) return `passes over ${passed} rows of ${table || type}`;
  return type.includes('Bitmap') && rowsOf(node) > manyRows ? `gathers ${rowsOf(node)} rows` : null;
}

function rowsOf(node: PlanNode): number {
  return node['Actual Rows'] * node['Actual Loops'];
}

function passedOver(node: PlanNode): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return removed * node['Actual Loops'];
}

/** As PostgreSQL reads it without being told a type, which is how it comes over the wire. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return escapeLiteral(value.toISOString());
  if (Array.isArray(value)) return escapeLiteral(`{${value.map(element).join(',')}}`);
  return escapeLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}

function element(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return value === null ? 'NULL' : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
