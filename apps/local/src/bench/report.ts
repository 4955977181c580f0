import { type BaselineName, BASELINES } from './baselines/baseline.js';
import { type StageCpu } from './stages/stages.js';
import { type StageLatency } from './timelines.js';

/** Medians over the rounds; null: could not be measured on this machine. */
export interface BenchResult {
  command: string;
  machine: { cpus: string; node: string; postgres: string; queue: string; loadBefore: number; loadAfter: number };
  load: { invoices: number; lines: number; inFlight: number; rounds: number };
  product: {
    mailsPerSecond: number;
    recordedPerSecond: number;
    /** Per mail, by process. */
    cpuMs: Record<'api' | 'worker' | 'postgres' | 'redis', number | null>;
    transactionsPerMail: { raw: number; net: number };
    idleTransactionsPerSecond: number;
    /** What was recorded before, mailed with nobody else at work, as the baselines are. */
    backlog: { mailsPerSecond: number; workerCpuMs: number | null };
    mailBytes: number;
    pdfBytes: number;
    latencies: StageLatency[];
    stages: StageCpu[];
  };
  baselines: Record<BaselineName, { mailsPerSecond: number; cpuMs: number; pdfBytes: number }>;
  /** What was not delivered exactly once; empty when all was. */
  problems: string[];
}

/** The result for people. */
export function report(result: BenchResult): string {
  const { machine, load, product } = result;
  const { backlog } = product;
  return [
    result.command,
    `${machine.cpus}, Node ${machine.node}, PostgreSQL ${machine.postgres} (durable), queue on ${machine.queue}`,
    `load average ${machine.loadBefore.toFixed(1)} before, ${machine.loadAfter.toFixed(1)} after; everything below ran on this one machine`,
    `${load.rounds} rounds of ${load.invoices} invoices of ${load.lines} lines, ${load.inFlight} requests in flight; medians of the rounds`,
    '',
    'From PUT /v1/invoices (FINAL) to the mail server’s 250, PDF and payment link included',
    ...productLines(product),
    '',
    'CPU of mailing                                          ms/mail   mails/s   PDF bytes',
    row('this worker on a backlog, ledger included', backlog.workerCpuMs, backlog.mailsPerSecond, product.pdfBytes),
    row(
      '  while API and client keep the processors busy',
      product.cpuMs.worker,
      product.mailsPerSecond,
      product.pdfBytes,
    ),
    ...Object.entries(BASELINES).map(([name, label]) => {
      const { cpuMs, mailsPerSecond, pdfBytes } = result.baselines[name as BaselineName];
      return row(label, cpuMs, mailsPerSecond, pdfBytes);
    }),
    '',
    'Milliseconds since the change was recorded, all invoices at once      median      p95',
    ...product.latencies.map(
      ({ state, medianMs, p95Ms }) =>
        `  ${state.padEnd(66)}${medianMs.toFixed(0).padStart(8)} ${p95Ms.toFixed(0).padStart(8)}`,
    ),
    '',
    'CPU of the worker by stage: one mail at a time, warm, in one process   ms/mail',
    ...product.stages.map(({ stage, cpuMsPerMail }) => `  ${stage.padEnd(67)}${milliseconds(cpuMsPerMail)}`),
    `  ${'together'.padEnd(67)}${milliseconds(product.stages.reduce((sum, { cpuMsPerMail }) => sum + cpuMsPerMail, 0))}`,
    '',
    ...targets(result),
    ...verdict(result),
  ].join('\n');
}

const MOST_TRANSACTIONS = 5;

function targets({ product, baselines }: BenchResult): string[] {
  const share = (worker: number | null) => {
    if (worker === null) return 'unknown';
    const times = worker / baselines.SHARED_FONT.cpuMs;
    return `${times < 1 ? 'yes' : 'NO'}, ${times.toFixed(2)} times its CPU`;
  };
  const { net } = product.transactionsPerMail;
  return [
    `Worker below pdfkit with a shared font, on a backlog: ${share(product.backlog.workerCpuMs)}.`,
    `  while API and client keep the processors busy: ${share(product.cpuMs.worker)}.`,
    `At most ${MOST_TRANSACTIONS} transactions per mail: ${net <= MOST_TRANSACTIONS ? 'yes' : 'NO'}, ${net.toFixed(2)}.`,
  ];
}

function productLines(product: BenchResult['product']): string[] {
  const { cpuMs, transactionsPerMail: transactions } = product;
  const ours = cpuMs.api === null || cpuMs.worker === null ? null : cpuMs.api + cpuMs.worker;
  return [
    `  mails/s                  ${product.mailsPerSecond.toFixed(1).padStart(8)}   (recorded: ${product.recordedPerSecond.toFixed(1)} invoices/s)`,
    `  CPU ms/mail, API         ${milliseconds(cpuMs.api)}`,
    `  CPU ms/mail, worker      ${milliseconds(cpuMs.worker)}   (its printing threads included)`,
    `  CPU ms/mail, both        ${milliseconds(ours)}`,
    `  CPU ms/mail, PostgreSQL  ${milliseconds(cpuMs.postgres)}`,
    `  CPU ms/mail, Redis       ${milliseconds(cpuMs.redis)}`,
    `  transactions/mail        ${transactions.net.toFixed(2).padStart(8)}   (${transactions.raw.toFixed(2)} with the idle polling of ${product.idleTransactionsPerSecond.toFixed(1)}/s)`,
    `  bytes/mail               ${product.mailBytes.toFixed(0).padStart(8)}`,
  ];
}

function verdict({ problems, load }: BenchResult): string[] {
  if (problems.length === 0) {
    return [`Every one of the ${2 * load.invoices * load.rounds} customers got exactly one mail, with its PDF.`];
  }
  const shown = problems.slice(0, 20);
  return [`NOT delivered exactly once (${problems.length}):`, ...shown.map((problem) => `  ${problem}`)];
}

function row(label: string, cpuMs: number | null, mailsPerSecond: number, pdfBytes: number): string {
  return `  ${label.padEnd(52)} ${milliseconds(cpuMs)} ${mailsPerSecond.toFixed(1).padStart(9)} ${pdfBytes.toFixed(0).padStart(11)}`;
}

function milliseconds(value: number | null): string {
  return (value === null ? 'unknown' : value.toFixed(2)).padStart(8);
}
