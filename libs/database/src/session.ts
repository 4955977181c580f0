import { type CustomTypesConfig, type Pool, type PoolClient, types } from 'pg';
import { type StatementNames } from './statement-names.js';
import { type Statement } from './statement.js';

/** The rows of each statement, in their order. */
export type RowsOf<Statements extends readonly Statement[]> = {
  [N in keyof Statements]: Statements[N] extends Statement<infer Row> ? Row[] : never;
};

/**
 * Runs statements of ours on PostgreSQL directly, for the few that every mail passes through: each is prepared once per
 * connection, and those of one transaction are sent together, so that it costs one round trip. Their rows come as Prisma's
 * raw queries give them: int8 as bigint, instants as Date, JSON parsed.
 */
export class Sessions {
  /** @param pool of pipelining clients. */
  constructor(
    private readonly pool: Pool,
    private readonly names: StatementNames,
  ) {}

  /** One READ COMMITTED transaction: each statement sees what was committed before it began; if one fails, none counts. */
  async together<const Statements extends readonly Statement[]>(statements: Statements): Promise<RowsOf<Statements>> {
    const session = await this.pool.connect();
    let broken: Error | undefined;
    try {
      return (await this.answers(session, statements)) as RowsOf<Statements>;
    } catch (error) {
      // The server ends the transaction of a statement that it refused; after anything else the connection is not trusted.
      if (!isRefusal(error)) broken = error as Error;
      throw error;
    } finally {
      session.release(broken);
    }
  }

  private async answers(session: PoolClient, statements: readonly Statement[]): Promise<unknown[][]> {
    const [first] = statements;
    if (!first) return [];
    // A single statement is a transaction by itself.
    if (statements.length === 1) return [await this.rows(session, first)];
    // Held back until all are written: one packet instead of one for each.
    const { stream } = session.connection;
    stream.cork();
    const sent = [
      session.query(BEGIN),
      ...statements.map((statement) => this.rows(session, statement)),
      session.query(COMMIT),
    ];
    stream.uncork();
    const answers = await Promise.allSettled(sent);
    // The first failure is the reason; those after it only say that the transaction was ended.
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed) throw failed.reason;
    return answers.slice(1, -1).map((answer) => (answer.status === 'fulfilled' ? (answer.value as unknown[]) : []));
  }

  private async rows(session: PoolClient, { text, values }: Statement): Promise<unknown[]> {
    const { rows } = await session.query<object>({ name: this.names.of(text), text, values, types: TYPES });
    return rows;
  }
}

const BEGIN = { name: 'begin', text: 'BEGIN' };
const COMMIT = { name: 'commit', text: 'COMMIT' };

const TYPES: CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? BigInt : (types.getTypeParser(oid, format) as never)),
};

/** Whether PostgreSQL itself said no: its errors carry a severity. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}
