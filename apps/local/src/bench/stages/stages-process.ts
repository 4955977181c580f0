import { invoicePrintRequest } from '#actions/invoice-print-request';
import { toEmailMessage } from '#actions/prepared-mail';
import { emailConfig } from '#actions/send-email-to-customer/email-config';
import { SendEmailToCustomer, type SendEmailJob } from '#actions/send-email-to-customer/handler';
import { secretReader } from '#billing/integrations/secret-box';
import { PayLinks } from '#billing/payment-links/pay-link';
import { InvoicePrinter } from '#documents/invoice-printer';
import { composeMime } from '#email/compose-mime';
import { emailProviders } from '#email/providers/index';
import { passGate } from '#ledger/data/gate';
import { settle } from '#ledger/data/settle';
import { MailRenderer } from '#templates/render-mail';
import { findVariant } from '#workflows/variants/index';
import { EmailRoutes } from '#worker/executions/email-routes';
import { type ClaimedWork, PrepareExecution, type ReadyMail } from '#worker/executions/prepare-execution';
import { answerQuestions } from '../child-calls.js';
import { MeteredDatabase } from './metered-database.js';
import { StageClock } from './stage-clock.js';
import { type StageCpu, type StageOrder } from './stages.js';

const LEASE_MS = 600_000;
const TIMEOUT_MS = 30_000;

/* The entry of the stages' process. */
answerQuestions(run);

async function run(order: StageOrder): Promise<StageCpu[]> {
  const database = new MeteredDatabase({ url: order.databaseUrl, name: 'bench stages' });
  const renderer = new MailRenderer();
  await renderer.prepare();
  const payLinks = new PayLinks(order.encryptionKey, order.publicUrl);
  const providers = emailProviders({ timeoutMs: TIMEOUT_MS });
  const routes = new EmailRoutes(providers, order.smtpUrl, secretReader(order.encryptionKey));
  // A printer of its own for each use, so that none finds lines that another has shaped for the same invoice.
  const action = () => new SendEmailToCustomer(renderer, new InvoicePrinter({ threads: 0 }), payLinks);
  const prepare = new PrepareExecution(database, action(), routes, LEASE_MS);
  const clock = new StageClock(order.warmUp);

  const pending = await database.client.workflowActionExecution.findMany({ where: { state: 'PENDING' } });
  const keys = pending.map(({ platformId, id }) => ({ platformId, executionId: id }));
  const works = await clock.time('claim and facts, one snapshot', keys, async (key) => there(await prepare.claim(key)));

  const [alone, printer] = [action(), new InvoicePrinter({ threads: 0 })];
  await clock.time('subject, HTML, text', works, (work) => alone.prepare(job(work, false)));
  await clock.time('PDF', works, ({ facts }) =>
    printer.print(invoicePrintRequest(facts, there(facts.invoice), payLinks)),
  );
  const both = action();
  const made = await clock.untimed(works, async (work) => {
    const mail = await both.prepare(job(work, true));
    if ('skipped' in mail) throw new Error(`An execution would be skipped: ${mail.skipped.message}`);
    return mail;
  });
  await clock.time('MIME', made, ({ message, html, text, pdf }) =>
    composeMime(toEmailMessage(message, html, text, pdf?.bytes ?? null)),
  );
  const ready = await clock.read('store, before any byte leaves', works, readyMail(prepare), () =>
    database.takeSpentMs(),
  );
  const mails = works.map((work, i) => ({ ...work, ...there(ready[i]) }));

  await clock.time('gate', mails, async ({ execution, preparation }) => {
    const answer = await passGate(database, execution, preparation, LEASE_MS);
    if (!answer.passed) throw new Error(`The gate did not open: ${answer.why}.`);
  });
  const sent = await clock.time('SMTP', mails, ({ route, mail }) =>
    route.provider.send(mail, route.credentials, route.key, () => Promise.resolve()),
  );
  await clock.time('settle', mails, ({ execution }, i) => {
    const acceptance = { ...there(sent[i]), afterGateMs: 0 };
    return database.query(settle(execution, { state: 'SUCCEEDED' }, acceptance));
  });
  await Promise.all([...providers.map((provider) => provider.close()), printer.close(), database.close()]);
  return clock.stages;
}

function readyMail(prepare: PrepareExecution): (work: ClaimedWork) => Promise<ReadyMail> {
  return async (work) => {
    const ready = await prepare.prepare(work);
    if (ready === null || typeof ready === 'string' || 'state' in ready) {
      throw new Error(`An execution was not prepared: ${JSON.stringify(ready)}`);
    }
    return ready;
  };
}

function job({ execution, definition, facts }: ClaimedWork, withPdf: boolean): SendEmailJob {
  const variant = there(findVariant(definition?.workflow.type ?? '', execution.variant));
  const config = emailConfig.parse(definition?.config);
  return {
    executionId: execution.id,
    preparation: 1,
    platformId: execution.platformId,
    variant: variant.variant,
    config: { ...config, invoice: { ...config.invoice, include_pdf: withPdf } },
    facts,
    now: execution.claimedAt,
    variables: (format) => variant.variables(facts, format, execution.claimedAt, definition?.workflow.config),
    storedPdf: null,
  };
}

function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('An execution of the bench is not as it was planned.');
  return value;
}
