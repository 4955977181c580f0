import { parentPort } from 'node:worker_threads';
import { PermanentFailure } from '#kernel/failures';
import { InvoicePress } from './print-invoice.js';
import { type PrintAnswer, type PrintJob } from './thread-messages.js';

/* The entry of a worker thread: one job after the other, one answer each. */
if (!parentPort) throw new Error('print-thread is the entry of a worker thread; use InvoicePrinter.');
const port = parentPort;
const press = new InvoicePress();

port.on('message', (job: PrintJob) => {
  port.postMessage(answer(job));
});

function answer({ id, request }: PrintJob): PrintAnswer {
  try {
    const { bytes, sha256, pages } = press.print(request);
    return { id, printed: { bytes: new Uint8Array(bytes), sha256, pages } };
  } catch (error) {
    if (error instanceof PermanentFailure) return { id, refused: { code: error.code, message: error.message } };
    return { id, broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
