import { availableParallelism } from 'node:os';
import { type Worker } from 'node:worker_threads';
import { PermanentFailure, TransientFailure } from '#kernel/failures';
import { type InvoicePress, type PrintedInvoice } from './print-invoice.js';
import { type InvoicePrintRequest } from './printable-invoice.js';
import { startThread } from './start-thread.js';
import { type PrintAnswer, type PrintJob } from './thread-messages.js';

export { type PrintedInvoice } from './print-invoice.js';

export interface InvoicePrinterOptions {
  /** 0 prints in the calling thread. By default one less than the processors, 1 to 4. */
  threads?: number;
  /** How long one document may take before its thread is ended, in milliseconds. */
  timeoutMs?: number;
  /** How a thread is started; tests give one that fails. */
  start?: () => Worker;
}

interface Job {
  request: InvoicePrintRequest;
  resolve(printed: PrintedInvoice): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
  timer: NodeJS.Timeout | null;
}

const TIMEOUT_MS = 30_000;

/** Loaded only where the calling thread prints: it brings pdfkit and HarfBuzz, which threads load for themselves. */
async function ownPress(): Promise<InvoicePress> {
  const { InvoicePress: Press } = await import('./print-invoice.js');
  return new Press();
}

/** Prints invoices in worker threads, so that no document holds up anything else. Threads start with the first document. */
export class InvoicePrinter {
  private readonly waiting: Job[] = [];
  private readonly threads: Thread[] = [];
  private readonly limit: number;
  private readonly timeoutMs: number;
  private readonly start: () => Worker;
  private press: InvoicePress | null = null;
  private closed = false;
  private nextId = 1;

  constructor({ threads, timeoutMs = TIMEOUT_MS, start = startThread }: InvoicePrinterOptions = {}) {
    this.limit = threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
    this.timeoutMs = timeoutMs;
    this.start = start;
  }

  /**
   * The document as PDF; equal requests give equal bytes.
   * @throws {PermanentFailure} GLYPH_MISSING (names the character and the field), DOCUMENT_TOO_LARGE
   * @throws {TransientFailure} PRINTER_CRASHED, PRINTER_TIMEOUT, PRINTER_CLOSED
   */
  async print(request: InvoicePrintRequest): Promise<PrintedInvoice> {
    if (this.closed) throw closed();
    if (this.limit === 0) return (this.press ??= await ownPress()).print(request);
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.assign();
    });
  }

  /** Ends the threads. What is waiting or being printed is rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const job of this.waiting.splice(0)) job.reject(closed());
    const threads = this.threads.splice(0);
    for (const thread of threads) settle(thread)?.reject(closed());
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  private assign(): void {
    while (this.waiting.length > 0) {
      const thread = this.threads.find(({ job }) => job === null) ?? this.open();
      const job = thread && this.waiting.shift();
      if (!job) return;
      const message: PrintJob = { id: this.nextId++, request: job.request };
      thread.job = job;
      thread.timer = setTimeout(() => this.lose(thread, timedOut(this.timeoutMs)), this.timeoutMs);
      thread.worker.ref();
      thread.worker.postMessage(message);
    }
  }

  private open(): Thread | null {
    if (this.threads.length >= this.limit) return null;
    const thread: Thread = { worker: this.start(), job: null, timer: null };
    this.threads.push(thread);
    thread.worker.on('message', (answer: PrintAnswer) => {
      const job = settle(thread);
      if (job) deliver(job, answer);
      this.assign();
    });
    thread.worker.on('error', (error) => this.lose(thread, crashed(error)));
    thread.worker.on('exit', () => this.lose(thread, crashed(null)));
    return thread;
  }

  /** The thread is gone or must go; its job fails, the others get a new thread. */
  private lose(thread: Thread, failure: TransientFailure): void {
    const position = this.threads.indexOf(thread);
    if (position < 0) return;
    this.threads.splice(position, 1);
    settle(thread)?.reject(failure);
    void thread.worker.terminate();
    this.assign();
  }
}

function settle(thread: Thread): Job | null {
  const { job, timer } = thread;
  thread.job = null;
  if (timer) clearTimeout(timer);
  thread.timer = null;
  // An idle thread keeps no process alive.
  thread.worker.unref();
  return job;
}

function deliver(job: Job, answer: PrintAnswer): void {
  if ('printed' in answer) job.resolve(answer.printed);
  else if ('refused' in answer) job.reject(new PermanentFailure(answer.refused.code, answer.refused.message));
  else job.reject(crashed(answer.broken));
}

function crashed(cause: unknown): TransientFailure {
  return new TransientFailure('PRINTER_CRASHED', 'Printing the document failed unexpectedly; it is tried again.', {
    cause,
  });
}

function timedOut(timeoutMs: number): TransientFailure {
  return new TransientFailure(
    'PRINTER_TIMEOUT',
    `Printing the document took longer than ${timeoutMs / 1000} seconds and was ended; it is tried again.`,
  );
}

function closed(): TransientFailure {
  return new TransientFailure('PRINTER_CLOSED', 'The process is shutting down; the document is printed by the next.');
}
