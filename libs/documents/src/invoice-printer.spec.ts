import { Worker } from 'node:worker_threads';
import { PermanentFailure, TransientFailure } from '#kernel/failures';
import { anInvoice, aRequest } from '../test/an-invoice.js';
import { InvoicePrinter, type InvoicePrinterOptions } from './invoice-printer.js';
import { startThread } from './start-thread.js';

describe('InvoicePrinter', () => {
  const open: InvoicePrinter[] = [];
  const printer = (options: InvoicePrinterOptions) => {
    const made = new InvoicePrinter(options);
    open.push(made);
    return made;
  };
  const script = (code: string) => () => new Worker(code, { eval: true });
  const silent = script("require('node:worker_threads').parentPort.on('message', () => {})");

  afterAll(() => Promise.all(open.map((made) => made.close())));

  it('prints the same bytes in every thread and in none', async () => {
    const threaded = printer({ threads: 2 });
    const here = await printer({ threads: 0 }).print(aRequest());
    const there = await Promise.all(Array.from({ length: 4 }, () => threaded.print(aRequest())));
    expect(new Set([here, ...there].map(({ sha256 }) => sha256)).size).toBe(1);
    expect(Buffer.from(there[0]!.bytes).subarray(0, 5).toString()).toBe('%PDF-');
    expect(there[0]!.pages).toBe(1);

    const missing = threaded.print(aRequest({ invoice: anInvoice({ notes: ['ok', '\u20c1'] }) }));
    await expect(missing).rejects.toBeInstanceOf(PermanentFailure);
    await expect(missing).rejects.toMatchObject({ code: 'GLYPH_MISSING', message: expect.stringContaining('notes.1') });
  }, 60_000);

  it('fails the job of a thread that crashes, and prints the next in a new one', async () => {
    const starts = [script('process.exit(7)'), startThread];
    const crashing = printer({ threads: 1, start: () => (starts.shift() ?? startThread)() });
    const [first, second] = await Promise.allSettled([crashing.print(aRequest()), crashing.print(aRequest())]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'PRINTER_CRASHED' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { pages: 1 } });
  }, 60_000);

  it('ends a thread that takes too long', async () => {
    const hanging = printer({ threads: 1, timeoutMs: 20, start: script('for (;;);') });
    const job = hanging.print(aRequest());
    await expect(job).rejects.toBeInstanceOf(TransientFailure);
    await expect(job).rejects.toMatchObject({ code: 'PRINTER_TIMEOUT' });
  });

  it('rejects what is waiting when it is closed, and what comes after', async () => {
    const closing = printer({ threads: 1, start: silent });
    const jobs = [closing.print(aRequest()), closing.print(aRequest())];
    const settled = Promise.allSettled(jobs);
    await closing.close();
    for (const result of [...(await settled), ...(await Promise.allSettled([closing.print(aRequest())]))]) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'PRINTER_CLOSED' } });
    }
  });
});
