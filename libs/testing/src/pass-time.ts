import { type Database } from '#database/database';
import { Prisma } from '#database/database';

/** Instants that decide something, by table. What is only for people to read stays. */
const INSTANTS = {
  workflow: ['activated_at', 'created_at'],
  workflow_trigger: ['anchor_at', 'created_at'],
  workflow_action_execution: ['due_at', 'next_attempt_at', 'not_after', 'lease_until', 'released_until', 'created_at'],
  cadence: ['anchor_at', 'since', 'next_at'],
  wallet: ['look_at'],
  wallet_grant: ['created_at'],
  invoice: ['due_date', 'invoice_date', 'final_at', 'created_at'],
} as const;

/** Instants that documents state. */
const STATED = {
  invoice: ['due_date', 'invoice_date', 'updated_to_final_at'],
  wallet_grant: ['start_at', 'expire_at'],
} as const;

/**
 * Lets time pass without waiting: moves everything that was recorded into the past, by whole hours. The database's clock
 * stays what it is.
 */
export async function passTime(
  database: Database,
  { days = 0, hours = 0 }: { days?: number; hours?: number },
): Promise<void> {
  const span = Prisma.sql`(${days * 24 + hours}::int * interval '1 hour')`;
  await database.transaction(async (tx) => {
    for (const [table, columns] of Object.entries(INSTANTS)) {
      const moves = columns.map((column) => Prisma.sql`${Prisma.raw(column)} = ${Prisma.raw(column)} - ${span}`);
      await tx.$executeRaw`UPDATE ${Prisma.raw(table)} SET ${Prisma.join(moves)}`;
    }
    for (const column of ['steps_since', 'scope_since']) {
      const name = Prisma.raw(column);
      await tx.$executeRaw`
        UPDATE workflow SET ${name} = coalesce(
          (SELECT jsonb_object_agg(key, ${iso(Prisma.sql`value::timestamptz - ${span}`)}) FROM jsonb_each_text(${name})), '{}')`;
    }
    for (const [table, fields] of Object.entries(STATED)) {
      for (const field of fields) {
        await tx.$executeRaw`
          UPDATE ${Prisma.raw(table)} SET document = jsonb_set(document, ARRAY[${field}],
                 to_jsonb(to_char((document ->> ${field})::timestamptz - ${span}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
           WHERE document ? ${field}`;
      }
    }
    // A step's firing key ends with its anchor.
    await tx.$executeRaw`
      UPDATE workflow_trigger
         SET firing_key = regexp_replace(firing_key, '[^|]+$', ${iso(Prisma.sql`anchor_at`)}) WHERE anchor_at IS NOT NULL AND type = 'EVENT'`;
  });
}

/** As `Date.toISOString` writes it. */
function iso(instant: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`to_char((${instant}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
