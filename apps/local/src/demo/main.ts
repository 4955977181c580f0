import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomAlphanumerics } from '#kernel/ids';
import { type LocalStack, startLocalStack } from '../local-stack.js';
import { ApiClient } from './api-client.js';
import { demoInvoice } from './demo-invoice.js';
import { recordInvoice, setUpParties, setUpWorkflow } from './set-up.js';
import { type Execution, timeline } from './timeline.js';

const DIRECTORY = '.data/demo';
const PATIENCE_MS = 30_000;
const ENDS = ['SUCCEEDED', 'FAILED', 'SKIPPED', 'CANCELLED', 'UNKNOWN'];

let stack: LocalStack | null = null;
try {
  const { values } = parseArgs({ options: { invoice: { type: 'string' } } });
  const invoice = values.invoice
    ? (JSON.parse(await readFile(values.invoice, 'utf8')) as Record<string, unknown>)
    : demoInvoice(new Date());
  await rm(DIRECTORY, { recursive: true, force: true });
  await mkdir(DIRECTORY, { recursive: true });
  const startedAt = performance.now();
  const apiKey = `sk_${randomAlphanumerics(40)}`;
  const options = {
    dataDir: join(DIRECTORY, 'stack'),
    port: 0,
    apiKey,
    encryptionKey: randomAlphanumerics(48),
    durable: false,
  };
  stack = await startLocalStack(options);
  say(`The stack is up after ${Math.round(performance.now() - startedAt)} ms: ${stack.url}`);
  await run(new ApiClient(stack.url, apiKey), invoice);
  await stack.stop();
  process.exit(0);
} catch (error) {
  process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  await stack?.stop();
  process.exit(1);
}

async function run(api: ApiClient, invoice: Record<string, unknown>): Promise<void> {
  await setUpWorkflow(api);
  await setUpParties(api, invoice);
  say(
    'Integration, ACTIVE workflow and action, customer with two contacts, billing entity and a way to pay are there.',
  );
  const id = await recordInvoice(api, invoice);
  say(
    `Invoice ${typeof invoice.invoice_number === 'string' ? invoice.invoice_number : id} is FINAL. Waiting for its mail.`,
  );
  const execution = await finished(api, id);
  say(`\n${timeline(execution)}\n`);
  if (execution.status !== 'SUCCEEDED') {
    throw new Error(`the mail ended ${execution.status}: ${execution.reason ?? ''} ${execution.reason_message ?? ''}`);
  }
  await keep(api, id, execution);
}

async function finished(api: ApiClient, invoiceId: string): Promise<Execution> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const path = `/workflow-action-executions?invoice_id=${encodeURIComponent(invoiceId)}`;
    const { data } = await api.call<{ data: Execution[] }>('GET', path);
    const [execution] = data;
    if (execution && ENDS.includes(execution.status)) return execution;
    if (performance.now() > deadline) {
      throw new Error(
        execution ? `the mail is still ${execution.status} after 30 s` : 'no mail was planned for the invoice',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function keep(api: ApiClient, invoiceId: string, execution: Execution): Promise<void> {
  const { mails } = JSON.parse((await api.bytes('/inbox.json')).toString()) as {
    mails: { message_id: string; source_url: string }[];
  };
  const bare = (messageId: string) => messageId.replace(/[<>]/g, '');
  const mail = mails.find(({ message_id }) => bare(message_id) === bare(execution.message_id));
  if (!mail) throw new Error(`the mail ${execution.message_id} is not in the inbox`);
  const content = await api.call<{ html: string; text: string; subject: string }>(
    'GET',
    `/workflow-action-executions/${execution.id}/content`,
  );
  const files = {
    'email.eml': await api.bytes(mail.source_url),
    'email.html': content.html,
    'email.txt': content.text,
    'invoice.pdf': await api.bytes(`/v1/invoices/${invoiceId}/pdf`),
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(DIRECTORY, name), bytes);
  say(`Subject    ${content.subject}`);
  say(`To         ${execution.recipients.to.join(', ')}`);
  say(`Cc         ${execution.recipients.cc.join(', ')}`);
  say(
    `Look at    ${Object.keys(files)
      .map((name) => join(DIRECTORY, name))
      .join('  ')}`,
  );
  say('Now start it for yourself: npm start');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
