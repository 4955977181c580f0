import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { Prisma, PrismaClient } from './generated/client.js';
import { ambientTransaction, type AmbientTransaction } from './ambient-transaction.js';
import { isRetryable } from './retryable.js';
import { type RowsOf, Sessions } from './session.js';
import { StatementNames } from './statement-names.js';
import { type Statement } from './statement.js';

/** What a transaction's statements go through: every model, and `$queryRaw` for what only SQL can say. */
export type Transaction = Prisma.TransactionClient;

export { Prisma };
export type * from './generated/client.js';

export interface DatabaseOptions {
  url: string;
  /** Connections of this process; 10 when absent. */
  connections?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
}

/** How often a transaction that lost a deadlock or a lock wait is tried in all. */
const TRIES = 5;
/** A transaction waits this long for a lock before it gives way (milliseconds). */
const LOCK_TIMEOUT_MS = 10_000;
/** How long a connection that nobody uses is kept (milliseconds). */
const IDLE_MS = 10 * 60_000;
/** After this much silence TCP asks whether the other side is still there (milliseconds). */
const KEEP_ALIVE_MS = 30_000;

/** PostgreSQL through Prisma: one pool, no engine binary. */
export class Database {
  private readonly prisma: PrismaClient;
  private readonly pool: Pool;
  private readonly sessions: Sessions;

  constructor({ url, connections = 10, name = 'billing-workflows' }: DatabaseOptions) {
    this.pool = new Pool({
      connectionString: url,
      max: connections,
      application_name: name,
      options: `-c lock_timeout=${LOCK_TIMEOUT_MS} -c idle_in_transaction_session_timeout=60000 -c timezone=UTC`,
      // Idle connections that the server ends must not end the process: the pool replaces them.
      allowExitOnIdle: false,
      pipeline: true,
      // A new connection reads the catalogue and plans each statement five times: dear, where ten idle ones are not.
      idleTimeoutMillis: IDLE_MS,
      // What stands between here and the server forgets a silent connection without a word; a query on it would hang.
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    });
    this.pool.on('error', () => undefined);
    // One that is lost while it works tells its queries, and once more everybody: nobody to hear it would end the process.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    // One set of names: Prisma and the sessions share the connections, and with them what is prepared there.
    const names = new StatementNames();
    this.sessions = new Sessions(this.pool, names);
    const statementNameGenerator = ({ sql }: { sql: string }) => names.of(sql);
    this.prisma = new PrismaClient({
      adapter: new PrismaPg(this.pool, { disposeExternalPool: false, statementNameGenerator }),
    });
  }

  /** For single statements: each is a transaction by itself, or one of `asOne`. */
  get client(): Transaction {
    return this.ambient()?.tx ?? this.prisma;
  }

  /**
   * Runs `work` in one READ COMMITTED transaction. When PostgreSQL ends it for a deadlock or a lock wait, it is run again
   * from the start (5 tries in all): `work` must keep nothing outside the database. Within `asOne` it is a part of that
   * transaction, which is undone alone when it fails.
   */
  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const ambient = this.ambient();
    return ambient ? savepoint(ambient.tx, work) : this.tried(() => this.begin(work));
  }

  /**
   * Runs `work` as `transaction` does, and everything in it that uses this database takes part: its transactions, its single
   * statements and its reads. They must come one after the other. What is put off by `afterCommit` is done at the end.
   */
  async asOne<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.ambient()) return this.transaction(work);
    const { result, done } = await this.tried(() =>
      this.begin(async (tx) => {
        const ambient: AmbientTransaction = { owner: this, tx, afterCommit: [] };
        return { result: await ambientTransaction.run(ambient, () => work(tx)), done: ambient.afterCommit };
      }),
    );
    for (const perform of done) perform();
    return result;
  }

  /**
   * Runs the statements as one READ COMMITTED transaction in one round trip; each sees what was committed before it began.
   * Tried again like `transaction`.
   */
  async together<const Statements extends readonly Statement[]>(statements: Statements): Promise<RowsOf<Statements>> {
    const ambient = this.ambient();
    if (!ambient) return this.tried(() => this.sessions.together(statements));
    const rows: unknown[] = [];
    for (const statement of statements) rows.push(await ambient.tx.$queryRaw(statement));
    return rows as RowsOf<Statements>;
  }

  /** Runs one statement, a transaction by itself. Tried again like `transaction`. */
  async query<Row>(statement: Statement<Row>): Promise<Row[]> {
    const [rows] = await this.together([statement]);
    return rows;
  }

  private ambient(): AmbientTransaction | null {
    const ambient = ambientTransaction.getStore();
    return ambient?.owner === this ? ambient : null;
  }

  private async begin<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(work, { maxWait: 10_000, timeout: 30_000 });
  }

  private async tried<T>(transaction: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await transaction();
      } catch (error) {
        if (tries >= TRIES || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
      }
    }
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pool.end();
  }
}

/** Undoes what `work` wrote when it fails, and leaves the rest of the transaction usable. */
async function savepoint<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT part`;
  try {
    const result = await work(tx);
    await tx.$executeRaw`RELEASE SAVEPOINT part`;
    return result;
  } catch (error) {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT part`;
    await tx.$executeRaw`RELEASE SAVEPOINT part`;
    throw error;
  }
}
