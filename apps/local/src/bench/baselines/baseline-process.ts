import { createTransport } from 'nodemailer';
import { addressOf } from '../bench-invoice.js';
import { answerQuestions } from '../child-calls.js';
import { inFlight } from '../in-flight.js';
import { SENDER } from '../set-up.js';
import { type BaselineName, type BaselineOrder, type BaselineResult } from './baseline.js';
import { drawWithPdfkit, FONT_FILES, parsedFonts, type PlacedPage, placedInvoice } from './pdfkit-page.js';

/** As the worker: mails under way, connections, mails per connection. */
const AT_ONCE = 20;
const MAILS_PER_CONNECTION = 100;
const DISTINCT_INVOICES = 200;

/* The entry of a baseline's process. */
answerQuestions(run);

async function run(order: BaselineOrder): Promise<BaselineResult> {
  const print = await printer(order);
  const { hostname, port } = new URL(order.smtpUrl);
  const transport = createTransport({
    pool: true,
    host: hostname,
    port: Number(port),
    ignoreTLS: true,
    maxConnections: AT_ONCE,
    maxMessages: MAILS_PER_CONNECTION,
  });
  let pdfBytes = 0;
  const send = async (prefix: string, index: number) => {
    const pdf = await print(index);
    pdfBytes += pdf.length;
    await transport.sendMail({
      from: { name: SENDER.name, address: SENDER.email },
      to: addressOf(prefix, index),
      subject: order.sample.subject,
      html: order.sample.html,
      text: order.sample.text,
      attachments: [{ filename: `invoice-${index}.pdf`, contentType: 'application/pdf', content: pdf }],
    });
  };
  await inFlight(order.warmUp, AT_ONCE, (i) => send(`warm-${order.prefix}`, i));
  pdfBytes = 0;
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  await inFlight(order.mails, AT_ONCE, (i) => send(order.prefix, i));
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - startedAt;
  transport.close();
  return { mails: order.mails, wallMs, cpuMs: (user + system) / 1000, pdfBytes: pdfBytes / order.mails };
}

/** What is done per mail to have its PDF; what can be done beforehand is done here. */
async function printer({ name, lines, sample }: BaselineOrder): Promise<(index: number) => Promise<Buffer>> {
  if (name === 'PREPARED') {
    const pdf = Buffer.from(sample.pdf);
    return () => Promise.resolve(pdf);
  }
  const invoices = Array.from({ length: DISTINCT_INVOICES }, (_, i) => placedInvoice(i, lines));
  const pages = (index: number): PlacedPage[] => invoices[index % invoices.length] ?? [];
  const fonts: Record<Exclude<BaselineName, 'PREPARED'>, Parameters<typeof drawWithPdfkit>[1]> = {
    FONT_PER_DOCUMENT: FONT_FILES,
    SHARED_FONT: await parsedFonts(),
  };
  return (index) => drawWithPdfkit(pages(index), fonts[name]);
}
