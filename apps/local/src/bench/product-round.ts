import { benchInvoice } from './bench-invoice.js';
import { type BenchStack, type CpuReading } from './bench-stack.js';
import { now } from './clock.js';
import { inFlight } from './in-flight.js';
import { pause } from './until.js';

export interface Load {
  invoices: number;
  lines: number;
  /** Requests at the same time. */
  inFlight: number;
}

export interface ProductRound {
  mails: number;
  /** First PUT to last acceptance. */
  wallMs: number;
  /** First PUT to the answer to the last one. */
  recordedMs: number;
  /** Of all mails. */
  cpuMs: CpuReading;
  transactions: number;
  /** The time in which the transactions were counted. */
  windowMs: number;
}

export interface BacklogRound {
  mails: number;
  /** From the moment the worker goes on to the last acceptance. */
  wallMs: number;
  /** Of the worker, all mails; null where it cannot be read. */
  workerCpuMs: number | null;
}

/** PostgreSQL's sessions report their transactions when they have been idle for 10 s. */
const REPORTED_MS = 11_000;
/** The ledger's last words after the last acceptance. */
const SETTLED_MS = 1_000;
/** Generous: a bench on a busy machine is slow and not wrong. */
const PATIENCE_MS = 600_000;

/** So many invoices become FINAL; resolves when each has its mail. @returns first PUT, last answer, last acceptance. */
export async function sendInvoices(
  { api, sink }: BenchStack,
  prefix: string,
  load: Load,
): Promise<[number, number, number]> {
  const today = new Date();
  const invoices = Array.from({ length: load.invoices }, (_, i) => benchInvoice(prefix, i, load.lines, today));
  const firstAt = now();
  await inFlight(load.invoices, load.inFlight, (i) => api.call('PUT', '/invoices', invoices[i]));
  const recordedAt = now();
  const lastAt = await sink.arrived(prefix, load.invoices, PATIENCE_MS);
  return [firstAt, recordedAt, lastAt];
}

/** The invoices are recorded while the worker is paused; then it mails them all, with nobody else at work. */
export async function backlogRound(stack: BenchStack, prefix: string, load: Load): Promise<BacklogRound> {
  const { api, worker, sink } = stack;
  const today = new Date();
  worker.pause();
  await inFlight(load.invoices, load.inFlight, (i) =>
    api.call('PUT', '/invoices', benchInvoice(prefix, i, load.lines, today)),
  );
  const [startedAt, before] = [now(), await stack.cpu()];
  worker.resume();
  const lastAt = await sink.arrived(prefix, load.invoices, PATIENCE_MS);
  await pause(SETTLED_MS);
  const { worker: workerCpuMs } = difference(await stack.cpu(), before);
  return { mails: load.invoices, wallMs: lastAt - startedAt, workerCpuMs };
}

/** One measured round. */
export async function productRound(stack: BenchStack, prefix: string, load: Load): Promise<ProductRound> {
  await pause(REPORTED_MS);
  const windowStart = now();
  const transactions = await stack.observer.transactions();
  const cpu = await stack.cpu();
  const [firstAt, recordedAt, lastAt] = await sendInvoices(stack, prefix, load);
  await pause(SETTLED_MS);
  const cpuMs = difference(await stack.cpu(), cpu);
  await pause(REPORTED_MS);
  return {
    mails: load.invoices,
    wallMs: lastAt - firstAt,
    recordedMs: recordedAt - firstAt,
    cpuMs,
    transactions: (await stack.observer.transactions()) - transactions,
    windowMs: now() - windowStart,
  };
}

/** Transactions per millisecond while nothing is to do. Follows a round, so that all of that was reported. */
export async function idleTransactions({ observer }: BenchStack, windowMs: number): Promise<number> {
  const [startedAt, before] = [now(), await observer.transactions()];
  await pause(windowMs);
  return ((await observer.transactions()) - before) / (now() - startedAt);
}

function difference(after: CpuReading, before: CpuReading): CpuReading {
  const since = (end: number | null, start: number | null) => (end === null || start === null ? null : end - start);
  return {
    api: since(after.api, before.api),
    worker: since(after.worker, before.worker),
    postgres: since(after.postgres, before.postgres),
    redis: since(after.redis, before.redis),
  };
}
