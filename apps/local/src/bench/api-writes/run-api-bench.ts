import { join } from 'node:path';
import { Pool } from 'undici';
import { startEmbeddedPostgres } from '#database/embedded-postgres';
import { migrate } from '#database/migrate';
import { randomAlphanumerics } from '#kernel/ids';
import { isReady } from '../bench-stack.js';
import { cpuOf, cpuOfFamily } from '../cpu.js';
import { freePort } from '../free-port.js';
import { inFlight } from '../in-flight.js';
import { Observer } from '../observer.js';
import { Program } from '../program.js';
import { median, medianOfMeasured } from '../statistics.js';
import { until } from '../until.js';
import { type WriteName, WRITES } from './writes.js';

export interface ApiLoad {
  /** Of each kind and round. */
  writes: number;
  rounds: number;
  inFlight: number;
}

/** Medians of the rounds; CPU in milliseconds per write, null where it cannot be read. */
export interface Cost {
  writesPerSecond: number;
  serverCpuMs: number | null;
  postgresCpuMs: number | null;
}

export type ApiBenchResult = Record<WriteName, { product: Cost; bare: Cost }>;

const START_MS = 30_000;
const WARM_UP = 1_000;
const API = new URL('../../../../api/src/main.js', import.meta.url);
const BARE = new URL('./bare-process.js', import.meta.url);

interface Server {
  program: Program;
  pool: Pool;
  /** Answers the id of what was written. */
  write: (name: WriteName, body: object) => Promise<string>;
}

/**
 * Writes of the API beside those of a bare Nest and Fastify server with one insert, each in a process of its own, on one durable
 * PostgreSQL, taking turns.
 * @param directory empty; receives data and logs.
 */
export async function runApiBench(
  directory: string,
  load: ApiLoad,
  say: (line: string) => void,
): Promise<ApiBenchResult> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: join(directory, 'postgres') });
    stops.push(() => postgres.stop());
    const observer = await Observer.connect(postgres.url);
    stops.push(() => observer.close());
    const databaseUrl = await observer.makeDatabase();
    await migrate(databaseUrl);
    const product = await startProduct(databaseUrl, directory, load.inFlight, stops);
    const bare = await startBare(databaseUrl, directory, load.inFlight, stops);
    const postmaster = await observer.postmasterPid();
    return await measured(product, bare, postmaster, load, say);
  } finally {
    for (const end of stops.splice(0).reverse()) await end();
  }
}

async function measured(
  product: Server,
  bare: Server,
  postmaster: number,
  load: ApiLoad,
  say: (line: string) => void,
): Promise<ApiBenchResult> {
  const names = Object.keys(WRITES) as WriteName[];
  const rounds: { name: WriteName; product: Cost; bare: Cost }[] = [];
  for (let round = 0; round <= load.rounds; round += 1) {
    const writes = round === 0 ? WARM_UP : load.writes;
    say(round === 0 ? `Warming up with ${writes} writes of each kind.` : `Round ${round} of ${load.rounds}.`);
    let invoices: string[] = [];
    for (const name of names) {
      const turn = { name, writes, inFlight: load.inFlight, prefix: `r${round}-${name.toLowerCase()}-`, postmaster };
      const bareTurn = await takeTurn(bare, turn, []);
      const productTurn = await takeTurn(product, turn, invoices);
      if (name === 'INVOICE') invoices = productTurn.ids;
      if (round > 0) rounds.push({ name, product: productTurn.cost, bare: bareTurn.cost });
    }
  }
  const of = (name: WriteName) => rounds.filter((one) => one.name === name);
  return Object.fromEntries(
    names.map((name) => [
      name,
      { product: middle(of(name).map((one) => one.product)), bare: middle(of(name).map((one) => one.bare)) },
    ]),
  ) as ApiBenchResult;
}

interface Turn {
  name: WriteName;
  writes: number;
  inFlight: number;
  prefix: string;
  postmaster: number;
}

async function takeTurn(
  server: Server,
  { name, writes, inFlight: atOnce, prefix, postmaster }: Turn,
  paid: string[],
): Promise<{ cost: Cost; ids: string[] }> {
  const bodies = Array.from({ length: writes }, (_, i) => WRITES[name].body(prefix, i, paid[i] ?? 'unused'));
  const cpu = async () => [await cpuOf(server.program.pid), await cpuOfFamily(postmaster)] as const;
  const ids: string[] = [];
  const [before, startedAt] = [await cpu(), performance.now()];
  await inFlight(writes, atOnce, async (i) => {
    ids[i] = await server.write(name, bodies[i] ?? {});
  });
  const wallMs = performance.now() - startedAt;
  const after = await cpu();
  const perWrite = (place: 0 | 1) => {
    const [from, to] = [before[place], after[place]];
    return from === null || to === null ? null : (to - from) / writes;
  };
  return {
    cost: { writesPerSecond: (writes * 1000) / wallMs, serverCpuMs: perWrite(0), postgresCpuMs: perWrite(1) },
    ids,
  };
}

async function startProduct(
  databaseUrl: string,
  directory: string,
  connections: number,
  stops: (() => Promise<unknown>)[],
): Promise<Server> {
  const key = `sk_${randomAlphanumerics(40)}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { DATABASE_URL: databaseUrl, PUBLIC_URL: url, PORT: String(port), HOST: '127.0.0.1' };
  const secrets = { ENCRYPTION_KEY: randomAlphanumerics(48), BOOTSTRAP_API_KEY: key };
  const program = await Program.start(API, { ...settings, ...secrets }, join(directory, 'api.log'));
  stops.push(() => program.stop());
  await until(`The API's start (${directory}/api.log)`, START_MS, () => isReady(url, program));
  const pool = new Pool(url, { connections });
  stops.push(() => pool.close());
  return {
    program,
    pool,
    write: (name, body) => {
      const { method, path } = WRITES[name];
      return send(pool, method, path, body, { 'x-api-key': key });
    },
  };
}

async function startBare(
  databaseUrl: string,
  directory: string,
  connections: number,
  stops: (() => Promise<unknown>)[],
): Promise<Server> {
  const port = await freePort();
  const settings = { DATABASE_URL: databaseUrl, PORT: String(port) };
  const program = await Program.start(BARE, settings, join(directory, 'bare.log'));
  stops.push(() => program.stop());
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections });
  stops.push(() => pool.close());
  const write = (_name: WriteName, body: object) => send(pool, 'POST', '/rows', body, {});
  await until(`The bare server's start (${directory}/bare.log)`, START_MS, async () => {
    try {
      return (await write('CUSTOMER', {})) !== '';
    } catch {
      // It does not listen yet.
      return false;
    }
  });
  return { program, pool, write };
}

async function send(
  pool: Pool,
  method: 'POST' | 'PUT',
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<string> {
  const answer = await pool.request({
    method,
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300)
    throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 500)}`);
  return (JSON.parse(text) as { id: string }).id;
}

function middle(costs: Cost[]): Cost {
  return {
    writesPerSecond: median(costs.map(({ writesPerSecond }) => writesPerSecond)),
    serverCpuMs: medianOfMeasured(costs.map(({ serverCpuMs }) => serverCpuMs)),
    postgresCpuMs: medianOfMeasured(costs.map(({ postgresCpuMs }) => postgresCpuMs)),
  };
}
