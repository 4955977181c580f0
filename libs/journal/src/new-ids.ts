import { sql, type Statement } from '#database/statement';
import { type IdKind, newId } from '#kernel/ids';

const RANDOM_DIGITS = 12;

/**
 * An expression that is another new id in each row. Time and kind come from here as in every id, what tells the rows apart
 * from the database: it knows how many there are.
 */
export function idPerRow(kind: IdKind): Statement {
  const head = newId(kind).slice(0, -RANDOM_DIGITS);
  return sql`${head}::text || left(replace(gen_random_uuid()::text, '-', ''), ${RANDOM_DIGITS}::int)`;
}
