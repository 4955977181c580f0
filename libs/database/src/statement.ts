import { Prisma } from './generated/client.js';

/** What stands for a placeholder. Objects go as JSON text, with a cast in the statement. */
export type StatementValue = string | number | bigint | boolean | Date | Uint8Array | string[] | null | Prisma.Sql;

/** One SQL statement with its values, and the shape of the rows that it gives. */
export type Statement<Row = unknown> = Prisma.Sql & { readonly rows?: Row[] };

/** Writes a statement: values become placeholders, statements are put in as they are. */
export function sql<Row = unknown>(strings: TemplateStringsArray, ...values: StatementValue[]): Statement<Row> {
  return Prisma.sql(strings, ...values);
}

export const { empty: nothing, join } = Prisma;
