import { type Socket } from 'node:net';
import { GarbledReply, ReplyReader, replyText, type Reply } from './reply.js';

/** Why nothing more can be said on a connection. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(
    readonly how: 'CLOSED' | 'TIMEOUT' | 'OUT_OF_STEP',
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

interface Waiter {
  resolve: (reply: Reply) => void;
  reject: (error: ConnectionLost) => void;
  timer: NodeJS.Timeout;
}

const CHUNK = 64 * 1024;

/**
 * Command and reply on one connection, strictly in step: each reply belongs to the oldest command without one, and a
 * reply that nobody waits for (a doubled 250, say) ends the connection, because every later reply could then be taken
 * for the answer to another customer's mail.
 */
export class Dialogue {
  private readonly reader = new ReplyReader();
  private readonly waiters: Waiter[] = [];
  private draining: Pick<Waiter, 'reject' | 'timer'> | null = null;
  private lost: ConnectionLost | null = null;

  /**
   * @param socket connected and past greeting, TLS and login; nobody else may read from it.
   * @param timeoutMs for each reply, and for each 64 KiB that the server is to take.
   * @param onLost told once when the connection cannot be used any more, whoever ended it.
   */
  constructor(
    private readonly socket: Socket,
    private readonly timeoutMs: number,
    private readonly onLost: () => void = () => undefined,
  ) {
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error) => this.lose('CLOSED', `The connection broke (${error.message}).`, error));
    socket.on('end', () => this.lose('CLOSED', 'The mail server ended the connection.'));
    socket.on('close', () => this.lose('CLOSED', 'The connection is closed.'));
    if (socket.destroyed || socket.readableEnded) this.lose('CLOSED', 'The connection is closed.');
  }

  /** Why the connection cannot be used any more; null while it can. */
  get loss(): ConnectionLost | null {
    return this.lost;
  }

  /**
   * Sends a command and waits for its reply.
   * @throws {ConnectionLost} when the reply cannot come any more.
   */
  ask(command: string): Promise<Reply> {
    return this.conclude(Buffer.from(`${command}\r\n`));
  }

  /**
   * Sends commands in one go (PIPELINING) and waits for as many replies.
   * @returns those that came, in order; fewer than commands when the connection was lost on the way, see `loss`.
   */
  async askAll(commands: readonly string[]): Promise<Reply[]> {
    if (this.lost) return [];
    const awaited = commands.map(() => this.nextReply());
    this.socket.write(commands.map((command) => `${command}\r\n`).join(''));
    const settled = await Promise.allSettled(awaited);
    return settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  }

  /**
   * Resolves when the last of the bytes has left this process for the network.
   * @throws {ConnectionLost} when that cannot happen any more.
   */
  async drain(bytes: Buffer): Promise<void> {
    for (let start = 0; start < bytes.length; start += CHUNK) {
      await this.written(bytes.subarray(start, start + CHUNK));
    }
    if (this.socket.writableLength > 0) await this.written(Buffer.alloc(0));
  }

  /**
   * Hands bytes to the socket at once and waits for the reply to them. Once called, the bytes may have arrived, whatever
   * follows: check `loss` in the same turn before.
   * @throws {ConnectionLost} when the reply cannot come any more.
   */
  conclude(bytes: Buffer): Promise<Reply> {
    const reply = this.nextReply();
    if (!this.lost) this.socket.write(bytes);
    return reply;
  }

  /** Says goodbye without waiting long for an answer. */
  quit(): void {
    if (this.lost) return;
    this.lose('CLOSED', 'We have closed the connection.', undefined, () => {
      this.socket.end('QUIT\r\n');
      setTimeout(() => this.socket.destroy(), 1_000).unref();
    });
  }

  /** Ends the connection: what the socket still holds does not leave any more. */
  destroy(message: string): void {
    this.lose('CLOSED', message);
  }

  private nextReply(): Promise<Reply> {
    if (this.lost) return Promise.reject(this.lost);
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject, timer: this.patience('did not answer') });
    });
  }

  private written(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.lost) {
        reject(this.lost);
        return;
      }
      this.draining = { reject, timer: this.patience('took nothing') };
      this.socket.write(bytes, (error) => {
        // Node reports a write that a destroyed socket has dropped as done: only without a loss it is.
        if (error) this.lose('CLOSED', `The connection broke (${error.message}).`, error);
        if (this.draining) clearTimeout(this.draining.timer);
        this.draining = null;
        if (this.lost) reject(this.lost);
        else resolve();
      });
    });
  }

  private patience(what: string): NodeJS.Timeout {
    const message = `The mail server ${what} within ${this.timeoutMs / 1000} s.`;
    return setTimeout(() => this.lose('TIMEOUT', message), this.timeoutMs);
  }

  private receive(chunk: Buffer): void {
    if (this.lost) return;
    try {
      for (const reply of this.reader.push(chunk)) this.deliver(reply);
      if (this.reader.unfinished && this.waiters.length === 0) {
        this.lose('OUT_OF_STEP', 'The mail server said something without being asked.');
      }
    } catch (error) {
      if (!(error instanceof GarbledReply)) throw error;
      this.lose('OUT_OF_STEP', error.message, error);
    }
  }

  private deliver(reply: Reply): void {
    const waiter = this.waiters.shift();
    if (waiter) {
      clearTimeout(waiter.timer);
      waiter.resolve(reply);
    } else {
      this.lose('OUT_OF_STEP', `The mail server said “${replyText(reply)}” without being asked.`);
    }
  }

  private lose(
    how: ConnectionLost['how'],
    message: string,
    cause?: unknown,
    end: () => void = () => this.socket.destroy(),
  ): ConnectionLost {
    if (this.lost) return this.lost;
    this.lost = new ConnectionLost(how, message, { cause });
    end();
    const waiting = this.draining ? [this.draining, ...this.waiters.splice(0)] : this.waiters.splice(0);
    this.draining = null;
    for (const { reject, timer } of waiting) {
      clearTimeout(timer);
      reject(this.lost);
    }
    this.onLost();
    return this.lost;
  }
}
