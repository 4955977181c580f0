import fc from 'fast-check';
import { invoiceDocument } from '../../worker/test/invoice-document.js';
import { type Line, startLine } from '../../worker/test/start-line.js';
import { operationsOf } from './described-operations.js';
import { Fuzzer, fuzzPlans, problemOf } from './fuzz-requests.js';
import { EVERYTHING, PopulatedPlatform } from './populated-platform.js';
import { STARTING_MS } from './start-api.js';

/** `npm run fuzz` sets both, to look longer and to look again. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124);
const MS_PER_RUN = 500;
const AT_ONCE = 4;
/** A fuzz that is only refused proves nothing. */
const TAKEN_AT_LEAST = 0.25;

describe(`valid requests with one change (seed ${SEED})`, () => {
  let line: Line;
  let fuzzer: Fuzzer;

  beforeAll(async () => {
    line = await startLine('PostgreSQL', { workers: 0, apiSettings: EVERYTHING });
    fuzzer = new Fuzzer(line.api.url, await PopulatedPlatform.on(line.api, line.api));
  }, STARTING_MS);
  afterAll(() => line.stop());

  const documented = async () => (await line.api.call('GET', '/openapi.json')).body;

  it(
    'never bring the API down: no 5xx, no hang, the envelope always',
    async () => {
      const plans = fc.sample(fuzzPlans(await documented()), { numRuns: RUNS, seed: SEED });
      const began = performance.now();
      const problems: string[] = [];
      const lane = async (first: number) => {
        for (let at = first; at < plans.length; at += AT_ONCE) {
          await fuzzer.send(plans[at]!).catch((error: unknown) => problems.push(`Request ${at}: ${String(error)}`));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => lane(first)));
      const { sent, taken } = fuzzer.counts;
      const seconds = Math.round((performance.now() - began) / 1_000);
      const share = Math.round((taken / sent) * 100);
      process.stdout.write(`Fuzz: seed ${SEED}, ${sent} requests in ${seconds} s, ${share} % of them 2xx\n`);
      expect(problems.slice(0, 20)).toEqual([]);
      expect(taken / sent).toBeGreaterThanOrEqual(TAKEN_AT_LEAST);
    },
    STARTING_MS + RUNS * MS_PER_RUN,
  );

  it('leave every list working', async () => {
    const lists = operationsOf(await documented()).filter(
      ({ method, path }) => method === 'GET' && !path.includes('{'),
    );
    expect(lists.length).toBeGreaterThan(15);
    for (const { path } of lists) {
      const answer = await fuzzer.answerTo({ method: 'GET', path: `${path}?limit=200`, body: undefined, headers: {} });
      expect([path, answer.status, problemOf(answer)]).toEqual([path, 200, null]);
    }
  }, 60_000);

  it('leave the main line working: a FINAL invoice is mailed beside all that they left behind', async () => {
    const workflowId = await line.workflow('TO_FINAL', {}, { invoice: { include_pdf: true } });
    await line.addWorker();
    const document = invoiceDocument();
    const put = await line.api.call('PUT', '/v1/invoices', { ...document, status: 'DRAFT' });
    const final = await line.api.call('PATCH', `/v1/invoices/${put.body.id}`, { status: 'FINAL' });
    expect(final).toMatchObject({ status: 200, body: { status: 'FINAL' } });
    const executions = await line.ended(put.body.id);
    const own = executions.filter((execution) => execution.workflow_id === workflowId);
    expect(own).toMatchObject([{ status: 'SUCCEEDED' }]);
    const { email } = put.body.customer;
    const mail = await line.smtp.waitForMail(({ envelope }) => envelope.to.includes(email));
    expect((await mail.parsed()).attachments).toHaveLength(1);
  }, 120_000);
});
