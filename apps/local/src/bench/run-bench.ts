import { cpus, loadavg } from 'node:os';
import {
  type BaselineName,
  BASELINES,
  type BaselineResult,
  runBaseline,
  type SampleMail,
} from './baselines/baseline.js';
import { benchInvoice } from './bench-invoice.js';
import { type BenchStack, startBenchStack } from './bench-stack.js';
import { deliveryProblems } from './delivery-problems.js';
import { inFlight } from './in-flight.js';
import {
  type BacklogRound,
  backlogRound,
  idleTransactions,
  type Load,
  type ProductRound,
  productRound,
  sendInvoices,
} from './product-round.js';
import { type BenchResult } from './report.js';
import { runStages, type StageCpu } from './stages/stages.js';
import { median, medianOfMeasured } from './statistics.js';
import { setUpWorkflow } from './set-up.js';
import { executions, latencies } from './timelines.js';

/** V8 compiles for the first thousands, and PostgreSQL plans without statistics until its first minute is over. */
const WARM_UP = 4_000;
/** A document with its fonts parsed anew costs a tenth of a second: fewer will do. */
const SLOW_SHARE = 0.1;
const SLOW_WARM_UP = 100;
const STAGE_MAILS = 3_300;
const STAGE_WARM_UP = 3_000;

/**
 * Everything that `npm run bench` measures, product and baselines in turns, so that both meet the same machine.
 * @param directory empty; receives data and logs.
 * @throws when a part does not start or a mail does not come.
 */
export async function runBench(
  directory: string,
  load: Load,
  rounds: number,
  say: (line: string) => void,
): Promise<BenchResult> {
  const loadBefore = loadNow();
  const stack = await startBenchStack(directory);
  try {
    return await Promise.race([measure(stack, load, rounds, loadBefore, say), interruption()]);
  } finally {
    await stack.stop();
  }
}

/** Rejects at Ctrl-C, so that what was started is stopped. */
function interruption(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => reject(new Error('It was interrupted.')));
    }
  });
}

async function measure(
  stack: BenchStack,
  load: Load,
  rounds: number,
  loadBefore: number,
  say: (line: string) => void,
): Promise<BenchResult> {
  await setUpWorkflow(stack.api);
  say(`Warming up with ${WARM_UP} invoices; the queue is on ${stack.queue}.`);
  await sendInvoices(stack, 'warm-', { ...load, invoices: WARM_UP });
  const sample = await sampleMail(stack);
  const product: ProductRound[] = [];
  const backlogs: BacklogRound[] = [];
  const sent: Awaited<ReturnType<typeof executions>> = [];
  const baselines: Record<BaselineName, BaselineResult[]> = { PREPARED: [], SHARED_FONT: [], FONT_PER_DOCUMENT: [] };
  for (let round = 1; round <= rounds; round += 1) {
    say(`Round ${round} of ${rounds}: ${load.invoices} invoices, then the baselines.`);
    product.push(await productRound(stack, prefixOf(round), load));
    sent.push(...(await executions(stack.api, load.invoices)));
    backlogs.push(await backlogRound(stack, `backlog-${round}-`, load));
    for (const name of Object.keys(BASELINES) as BaselineName[]) {
      baselines[name].push(await baseline(name, stack, load, sample, round));
    }
  }
  say('Idle, to know what polling costs.');
  const idlePerMs = await idleTransactions(stack, product.at(-1)?.windowMs ?? 0);
  say('The stages of the worker one by one.');
  const stages = await stageCpu(stack, load);
  const prefixes = product.flatMap((_, i) => [prefixOf(i + 1), `backlog-${i + 1}-`]);
  const arrivals = await Promise.all(prefixes.map((prefix) => stack.sink.arrivals(prefix)));
  return {
    command: `npm run bench -- --invoices ${load.invoices} --lines ${load.lines} --rounds ${rounds} --in-flight ${load.inFlight}`,
    machine: {
      cpus: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}`,
      node: process.versions.node,
      postgres: stack.postgresVersion,
      queue: stack.queue,
      loadBefore,
      loadAfter: loadNow(),
    },
    load: { ...load, rounds },
    product: {
      ...summary(product, idlePerMs),
      backlog: {
        mailsPerSecond: median(backlogs.map(({ mails, wallMs }) => (mails * 1000) / wallMs)),
        workerCpuMs: medianOfMeasured(
          backlogs.map(({ mails, workerCpuMs }) => (workerCpuMs === null ? null : workerCpuMs / mails)),
        ),
      },
      mailBytes: median(arrivals.flatMap((mails) => [...mails.values()].map(({ bytes }) => bytes))),
      pdfBytes: sample.pdf.length,
      latencies: latencies(sent),
      stages,
    },
    baselines: {
      PREPARED: baselineSummary(baselines.PREPARED),
      SHARED_FONT: baselineSummary(baselines.SHARED_FONT),
      FONT_PER_DOCUMENT: baselineSummary(baselines.FONT_PER_DOCUMENT),
    },
    problems: prefixes.flatMap((prefix, i) => deliveryProblems(arrivals[i] ?? new Map(), prefix, load.invoices)),
  };
}

function prefixOf(round: number): string {
  return `round-${round}-`;
}

function loadNow(): number {
  return loadavg()[0] ?? 0;
}

/** A mail of the product, so that the baselines send the same kind. */
async function sampleMail({ api }: BenchStack): Promise<SampleMail> {
  const [execution] = await executions(api, 1);
  if (!execution?.invoice_id) throw new Error('There is no mail to take a sample of.');
  const content = await api.call<Omit<SampleMail, 'pdf'>>('GET', `/workflow-action-executions/${execution.id}/content`);
  const { subject, html, text } = content;
  return { subject, html, text, pdf: await api.bytes(`/v1/invoices/${execution.invoice_id}/pdf`) };
}

async function baseline(
  name: BaselineName,
  { settings }: BenchStack,
  { invoices, lines }: Load,
  sample: SampleMail,
  round: number,
): Promise<BaselineResult> {
  const slow = name === 'FONT_PER_DOCUMENT';
  return runBaseline({
    name,
    smtpUrl: settings.SMTP_URL,
    prefix: `${name}-${round}-`,
    mails: Math.ceil(invoices * (slow ? SLOW_SHARE : 1)),
    warmUp: slow ? SLOW_WARM_UP : WARM_UP,
    lines,
    sample,
  });
}

/** Without the worker, so that the executions are still to be done. */
async function stageCpu(stack: BenchStack, load: Load): Promise<StageCpu[]> {
  const { api, settings } = stack;
  await stack.worker.stop();
  const today = new Date();
  await inFlight(STAGE_MAILS, load.inFlight, (i) =>
    api.call('PUT', '/invoices', benchInvoice('stage-', i, load.lines, today)),
  );
  return runStages({
    databaseUrl: settings.DATABASE_URL,
    smtpUrl: settings.SMTP_URL,
    publicUrl: settings.PUBLIC_URL,
    encryptionKey: settings.ENCRYPTION_KEY,
    warmUp: STAGE_WARM_UP,
  });
}

function summary(rounds: ProductRound[], idlePerMs: number) {
  const perMail = (process: keyof ProductRound['cpuMs']) =>
    medianOfMeasured(rounds.map(({ cpuMs, mails }) => (cpuMs[process] === null ? null : cpuMs[process] / mails)));
  return {
    mailsPerSecond: median(rounds.map(({ mails, wallMs }) => (mails * 1000) / wallMs)),
    recordedPerSecond: median(rounds.map(({ mails, recordedMs }) => (mails * 1000) / recordedMs)),
    cpuMs: { api: perMail('api'), worker: perMail('worker'), postgres: perMail('postgres'), redis: perMail('redis') },
    transactionsPerMail: {
      raw: median(rounds.map(({ transactions, mails }) => transactions / mails)),
      net: median(rounds.map(({ transactions, windowMs, mails }) => (transactions - idlePerMs * windowMs) / mails)),
    },
    idleTransactionsPerSecond: idlePerMs * 1000,
  };
}

function baselineSummary(rounds: BaselineResult[]) {
  return {
    mailsPerSecond: median(rounds.map(({ mails, wallMs }) => (mails * 1000) / wallMs)),
    cpuMs: median(rounds.map(({ cpuMs, mails }) => cpuMs / mails)),
    pdfBytes: median(rounds.map(({ pdfBytes }) => pdfBytes)),
  };
}
