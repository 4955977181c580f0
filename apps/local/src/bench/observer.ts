import { Client } from 'pg';

const DATABASE = 'bench';

/** Looks at the server from another database, so that its own queries count for nothing. */
export class Observer {
  private constructor(
    private readonly client: Client,
    private readonly serverUrl: string,
  ) {}

  /** @param serverUrl of a database that the product does not use, as superuser. */
  static async connect(serverUrl: string): Promise<Observer> {
    const client = new Client({ connectionString: serverUrl, application_name: 'bench observer' });
    await client.connect();
    return new Observer(client, serverUrl);
  }

  /** Makes the database that is measured. @returns its URL. */
  async makeDatabase(): Promise<string> {
    await this.client.query(`CREATE DATABASE ${DATABASE}`);
    const url = new URL(this.serverUrl);
    url.pathname = `/${DATABASE}`;
    return url.href;
  }

  /** Transactions of the measured database so far, as its sessions have reported them: up to 10 s late. */
  async transactions(): Promise<number> {
    const { rows } = await this.client.query<{ count: string }>(
      'SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = $1',
      [DATABASE],
    );
    return Number(rows[0]?.count);
  }

  async version(): Promise<string> {
    const { rows } = await this.client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  }

  async postmasterPid(): Promise<number> {
    const { rows } = await this.client.query<{ pid: string }>(
      "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1) AS pid",
    );
    return Number(rows[0]?.pid);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
