import { Client } from 'pg';
import { afterCommit } from './ambient-transaction.js';

const CHANNEL = 'billing_workflows_wake';
/** One ring is sent at most per this many milliseconds: the first at once, those of a flood together. */
const QUIET_MS = 400;
const RECONNECT_MS = 1_000;

/**
 * Tells the workers that executions may be due, so that a mail starts within milliseconds instead of at the next sweep.
 * Best effort: a ring that is lost costs time and nothing else. On a connection of its own, so that no transaction pays
 * for the NOTIFY.
 */
export class WakeSender {
  private client: Promise<Client> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private lastSent = 0;
  private closed = false;

  constructor(private readonly databaseUrl: string) {}

  /** Returns at once and never throws. Rings that come close together become one. Within `asOne` it rings at its end. */
  wake(): void {
    afterCommit(() => this.ring());
  }

  private ring(): void {
    if (this.timer || this.closed) return;
    const wait = Math.max(0, this.lastSent + QUIET_MS - performance.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.lastSent = performance.now();
      void this.send();
    }, wait);
    this.timer.unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.dropConnection();
  }

  private async send(): Promise<void> {
    try {
      this.client ??= this.connect();
      const client = await this.client;
      await client.query(`NOTIFY ${CHANNEL}`);
    } catch {
      // The workers' sweep finds what was not rung for; the next ring takes a new connection.
      await this.dropConnection();
    }
  }

  private async connect(): Promise<Client> {
    const client = newClient(this.databaseUrl);
    // pg reports a lost connection more than once: an error that nobody hears would end the process.
    client.on('error', () => (this.client = null));
    await client.connect();
    return client;
  }

  private async dropConnection(): Promise<void> {
    const dropped = this.client;
    this.client = null;
    await dropped?.then((client) => client.end()).catch(() => undefined);
  }
}

/** Listens for rings on a direct connection (a transaction pooler carries none) and connects again when it is lost. */
export class WakeListener {
  private client: Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;
  private listening = false;

  /** @param onWake is called for each ring, and after each connect, since rings may have been missed before. */
  constructor(
    private readonly databaseUrl: string,
    private readonly onWake: () => void,
  ) {}

  /** Resolves after the first attempt to connect, whether it succeeded or goes on in the background. */
  async start(): Promise<void> {
    if (this.closed) return;
    const client = newClient(this.databaseUrl);
    client.on('error', () => this.reconnect(client));
    client.once('end', () => this.reconnect(client));
    client.on('notification', () => this.onWake());
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.listening = this.client === client;
      this.onWake();
    } catch {
      // The database is away: the sweep goes on without rings until it is back.
      this.reconnect(client);
    }
  }

  get connected(): boolean {
    return this.listening;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.listening = false;
    if (this.timer) clearTimeout(this.timer);
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private reconnect(lost: Client): void {
    if (this.client !== lost) return;
    this.client = null;
    this.listening = false;
    void lost.end().catch(() => undefined);
    if (this.closed) return;
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}

function newClient(connectionString: string): Client {
  return new Client({ connectionString, application_name: 'billing-workflows wake', keepAlive: true });
}
