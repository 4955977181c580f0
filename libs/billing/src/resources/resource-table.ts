import { type Database, Prisma, type Transaction } from '#database/database';
import { type IdKind } from '#kernel/ids';
import { journalResource } from './journal-resource.js';
import { type JsonObject } from './merge-patch.js';

/** What every resource has that is kept as its client wrote it. */
export interface ResourceRow {
  platformId: string;
  id: string;
  reference: string | null;
  /** As the client wrote it, without what is read-only. */
  document: JsonObject;
  /** Raised by every real change. */
  revision: bigint;
  createdAt: Date;
  updatedAt: Date;
}

type Column = string | Date | null;

/** A table of such resources: its columns beside those of `ResourceRow` follow from the document. */
export interface ResourceTable<Columns extends Record<string, Column> = Record<string, Column>> {
  table: string;
  /** As in error answers: `BILLING_ENTITY`. */
  resourceType: string;
  idKind: IdKind;
  /** Column names by property. */
  columns: Record<keyof Columns & string, string>;
  columnsOf: (document: JsonObject) => Columns;
}

export type RowOf<Table> = Table extends ResourceTable<infer Columns> ? ResourceRow & Columns : never;

/** Whatever runs statements: a transaction, or the client itself. */
export type Statements = Pick<Transaction, '$queryRaw' | '$executeRaw'> | Pick<Database['client'], '$queryRaw'>;

/** A living row, by exactly one of its names. */
export type ResourceKey = { id: string } | { reference: string };

export async function findResource<T extends ResourceTable>(
  db: Statements,
  table: T,
  platformId: string,
  key: ResourceKey,
): Promise<RowOf<T> | null> {
  const [row] = await select(db, table, Prisma.sql`platform_id = ${platformId} AND ${named(key)}`);
  return row ?? null;
}

/** The row that a path names, by id first, then by reference; null when neither is there. */
export async function findByIdOrReference<T extends ResourceTable>(
  db: Statements,
  table: T,
  platformId: string,
  idOrReference: string,
): Promise<RowOf<T> | null> {
  const rows = await select(
    db,
    table,
    Prisma.sql`platform_id = ${platformId} AND (id = ${idOrReference} OR reference = ${idOrReference})`,
  );
  return rows.find(({ id }) => id === idOrReference) ?? rows[0] ?? null;
}

/** Locks a living row until the transaction ends, in the mode that foreign keys do not collide with. */
export async function lockResource<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  platformId: string,
  key: ResourceKey,
): Promise<RowOf<T> | null> {
  const [row] = await select(
    tx,
    table,
    Prisma.sql`platform_id = ${platformId} AND ${named(key)}`,
    Prisma.sql`FOR NO KEY UPDATE`,
  );
  return row ?? null;
}

/** Rows of these ids, in no order; those that are gone are missing. */
export async function resourcesByIds<T extends ResourceTable>(
  db: Statements,
  table: T,
  platformId: string,
  ids: string[],
): Promise<RowOf<T>[]> {
  return select(db, table, Prisma.sql`platform_id = ${platformId} AND id = ANY(${ids}::text[])`);
}

/** @returns null when the id or the reference is taken. */
export async function insertResource<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  key: { platformId: string; id: string },
  document: JsonObject,
): Promise<RowOf<T> | null> {
  const columns = { platform_id: key.platformId, id: key.id, ...columnValues(table, document) };
  const names = Prisma.raw(Object.keys(columns).join(', '));
  const rows = await tx.$queryRaw<RowOf<T>[]>`
    INSERT INTO ${quoted(table.table)} (${names}, document)
    VALUES (${Prisma.join(Object.values(columns))}, ${JSON.stringify(document)}::jsonb)
    ON CONFLICT DO NOTHING
    RETURNING ${selection(table)}`;
  const [row] = rows;
  if (row) await journalResource(tx, table, 'CREATED', null, row);
  return row ?? null;
}

/** Writes a locked row anew and raises its revision. @throws a unique violation when the reference is taken. */
export async function updateResource<T extends ResourceTable>(
  tx: Transaction,
  table: T,
  before: ResourceRow,
  document: JsonObject,
): Promise<RowOf<T>> {
  const { platformId, id } = before;
  const assignments = Object.entries(columnValues(table, document)).map(
    ([name, value]) => Prisma.sql`${Prisma.raw(name)} = ${value}`,
  );
  const rows = await tx.$queryRaw<RowOf<T>[]>`
    UPDATE ${quoted(table.table)}
       SET ${Prisma.join(assignments)}, document = ${JSON.stringify(document)}::jsonb,
           revision = revision + 1, updated_at = clock_timestamp()
     WHERE platform_id = ${platformId} AND id = ${id} AND deleted_at IS NULL
    RETURNING ${selection(table)}`;
  const [row] = rows;
  if (!row) throw new Error(`The ${table.table} ${id} was updated without being locked, and is gone.`);
  await journalResource(tx, table, 'UPDATED', before, row);
  return row;
}

/** Raises the revision of a locked row whose own content has not changed, but a part of it elsewhere has. */
export async function touchResource(
  tx: Transaction,
  table: ResourceTable,
  { platformId, id }: { platformId: string; id: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE ${quoted(table.table)} SET revision = revision + 1 WHERE platform_id = ${platformId} AND id = ${id}`;
}

/** Removes a locked row: nothing finds it any more, and its reference is free. */
export async function deleteResource(tx: Transaction, table: ResourceTable, row: ResourceRow): Promise<void> {
  await tx.$executeRaw`
    UPDATE ${quoted(table.table)}
       SET deleted_at = clock_timestamp(), updated_at = clock_timestamp(), revision = revision + 1
     WHERE platform_id = ${row.platformId} AND id = ${row.id}`;
  await journalResource(tx, table, 'DELETE', row, row);
}

async function select<T extends ResourceTable>(
  db: Statements,
  table: T,
  where: Prisma.Sql,
  lock = Prisma.empty,
): Promise<RowOf<T>[]> {
  return db.$queryRaw<RowOf<T>[]>`
    SELECT ${selection(table)} FROM ${quoted(table.table)} WHERE ${where} AND deleted_at IS NULL ${lock}`;
}

function named(key: ResourceKey): Prisma.Sql {
  return 'id' in key ? Prisma.sql`id = ${key.id}` : Prisma.sql`reference = ${key.reference}`;
}

function columnValues(table: ResourceTable, document: JsonObject): Record<string, Column> {
  const reference = typeof document.reference === 'string' ? document.reference : null;
  const own = Object.entries(table.columnsOf(document)).map(([name, value]) => [table.columns[name], value]);
  return { reference, ...(Object.fromEntries(own) as Record<string, Column>) };
}

function selection({ columns }: ResourceTable): Prisma.Sql {
  const own = Object.entries(columns).map(([property, column]) => `${column} AS "${property}"`);
  const common = ['platform_id AS "platformId"', 'id', 'reference', 'document', 'revision'];
  return Prisma.raw([...common, ...own, 'created_at AS "createdAt"', 'updated_at AS "updatedAt"'].join(', '));
}

function quoted(table: string): Prisma.Sql {
  return Prisma.raw(`"${table}"`);
}
