import { Throttled, TransientFailure } from '#kernel/failures';
import { sentence } from './failures.js';
import { type OpenConnection } from './open-connection.js';

export interface PoolLimits {
  maxConnections: number;
  maxMessagesPerConnection: number;
  idleMs: number;
  /** How long a mail waits for a connection when all are in use. */
  waitMs: number;
}

interface Pooled extends OpenConnection {
  sent: number;
  idleTimer: NodeJS.Timeout | null;
}

interface Waiter {
  /** With a connection, or with null: the right to open one. */
  resolve: (connection: Pooled | null) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/** The connections of one integration version. First come, first served. */
export class ConnectionPool {
  private readonly idle: Pooled[] = [];
  private readonly waiters: Waiter[] = [];
  /** Places in use: connections that are idle, busy, or being opened. */
  private places = 0;
  private closed = false;

  /**
   * @param open opens one connection and calls `onLost` when it ends, by whomever.
   * @param onEmpty called whenever the last connection is gone and nobody waits for one.
   */
  constructor(
    private readonly open: (onLost: () => void) => Promise<OpenConnection>,
    private readonly limits: PoolLimits,
    private readonly onEmpty: () => void,
  ) {}

  /**
   * Lends a connection for one mail. What `work` throws passes through.
   * @param fresh open a new one even where an old one is free.
   * @throws {Throttled} `SMTP_BUSY` when none became free in time; as `openConnection` otherwise.
   */
  async lend<T>(work: (connection: OpenConnection, reused: boolean) => Promise<T>, fresh = false): Promise<T> {
    const connection = await this.take(fresh);
    try {
      return await work(connection, connection.sent > 0);
    } finally {
      connection.sent += 1;
      this.giveBack(connection);
    }
  }

  /** Ends idle connections now and busy ones when they are given back; who waits is sent away. */
  close(): void {
    this.closed = true;
    for (const { reject, timer } of this.waiters.splice(0)) {
      clearTimeout(timer);
      reject(shuttingDown());
    }
    for (const connection of this.idle.splice(0)) this.discard(connection);
  }

  private async take(fresh: boolean): Promise<Pooled> {
    if (this.closed) throw shuttingDown();
    const free = this.idle.pop() ?? (this.places < this.limits.maxConnections ? this.newPlace() : await this.turn());
    if (free?.idleTimer) clearTimeout(free.idleTimer);
    if (free && !fresh) return free;
    // The place of the one that is given up serves the new one.
    free?.dialogue.quit();
    try {
      return await this.openOne();
    } catch (error) {
      this.passPlace();
      throw error;
    }
  }

  private newPlace(): null {
    this.places += 1;
    return null;
  }

  private turn(): Promise<Pooled | null> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.splice(this.waiters.indexOf(waiter), 1);
        const detail = `no connection became free within ${this.limits.waitMs / 1000} s`;
        reject(new Throttled('SMTP_BUSY', sentence('SMTP_BUSY', detail), null));
      }, this.limits.waitMs);
      const waiter = { resolve, reject, timer };
      this.waiters.push(waiter);
    });
  }

  private async openOne(): Promise<Pooled> {
    const holder: { pooled?: Pooled } = {};
    const opened = await this.open(() => holder.pooled && this.forget(holder.pooled));
    return (holder.pooled = { ...opened, sent: 0, idleTimer: null });
  }

  private giveBack(connection: Pooled): void {
    const spent = connection.sent >= this.limits.maxMessagesPerConnection;
    if (this.closed || spent || connection.dialogue.loss) {
      this.discard(connection);
      return;
    }
    const waiter = this.nextWaiter();
    if (waiter) waiter.resolve(connection);
    else this.keep(connection);
  }

  private keep(connection: Pooled): void {
    connection.idleTimer = setTimeout(() => connection.dialogue.quit(), this.limits.idleMs).unref();
    this.idle.push(connection);
  }

  private discard(connection: Pooled): void {
    connection.dialogue.quit();
    this.passPlace();
  }

  /** An idle connection has ended. A busy one is seen to be lost when it is given back. */
  private forget(connection: Pooled): void {
    const position = this.idle.indexOf(connection);
    if (position < 0) return;
    if (connection.idleTimer) clearTimeout(connection.idleTimer);
    this.idle.splice(position, 1);
    this.passPlace();
  }

  private passPlace(): void {
    const waiter = this.nextWaiter();
    if (waiter) waiter.resolve(null);
    else this.places -= 1;
    if (this.places === 0) this.onEmpty();
  }

  private nextWaiter(): Waiter | undefined {
    const waiter = this.waiters.shift();
    if (waiter) clearTimeout(waiter.timer);
    return waiter;
  }
}

export function shuttingDown(): TransientFailure {
  return new TransientFailure(
    'SMTP_BUSY',
    sentence('SMTP_BUSY', 'this process is shutting down; another one will send'),
  );
}
