import { until } from '#testing/until';
import { type Line, startLine } from './start-line.js';

const eur = (quantity: string) => ({ quantity, currency: 'EUR' });

let line: Line;
let walletTypeId: string;
let billingEntityId: string;

beforeAll(async () => {
  line = await startLine('PostgreSQL');
  billingEntityId = await made('/v1/billing-entities', { reference: 'seller', legal_name: 'Seller B.V.' });
  walletTypeId = await made('/v1/wallet-types', {
    name: 'Prepaid',
    reference: 'prepaid',
    type: 'BALANCE',
    balance: { default_currency: 'EUR' },
  });
  const threshold = { amount: eur('25') };
  await line.workflow('WALLET_BALANCE', {
    wallet_balance: { wallet_type_id: walletTypeId, comparator: 'LESS_THAN', threshold },
  });
}, 90_000);
afterAll(() => line.stop());

async function made(path: string, body: object): Promise<string> {
  const answer = await line.api.call('POST', path, body);
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${JSON.stringify(answer.body)}`);
  return answer.body.id as string;
}

/** A wallet of a customer of its own, with 100 EUR. */
async function wallet(grant: object = {}) {
  const reference = `w-${Math.random().toString(36).slice(2)}`;
  const email = `${reference}@customer.example`;
  const customerId = await made('/v1/customers', { reference, type: 'ORGANIZATION', email, locale: 'en-GB' });
  const id = await made('/v1/wallets', { reference, wallet_type_id: walletTypeId, customer_id: customerId });
  const give = (quantity: string, more: object = {}) =>
    made('/v1/wallet-grants', {
      customer_id: customerId,
      billing_entity_id: billingEntityId,
      wallet_id: id,
      grant_amount: eur(quantity),
      ...more,
    });
  await give('100', grant);
  const executions = async () =>
    (await line.api.call('GET', `/v1/workflow-action-executions?wallet_id=${id}`)).body.data as { status: string }[];
  const ended = async (count: number) => {
    await until(async () => {
      const all = await executions();
      return all.length === count && all.every(({ status }) => status !== 'PENDING' && status !== 'IN_PROGRESS');
    }, 30_000);
    return executions();
  };
  const mails = () => line.smtp.mails.filter(({ envelope }) => envelope.to.includes(email));
  return { id, reference, customerId, give, executions, ended, mails };
}

describe('the line, for wallets', () => {
  it('mails the customer once when his balance falls below the threshold', async () => {
    const { id, reference, customerId, give, ended, mails } = await wallet();
    await give('-80');
    await give('-1');
    expect(await ended(1)).toMatchObject([{ status: 'SUCCEEDED', wallet_id: id, customer_id: customerId }]);
    const [mail] = mails();
    const { subject, text } = await mail!.parsed();
    expect(subject).toBe('Your credit with Seller B.V. is running low');
    expect(text).toMatch(/€(20|19)\.00,\s+which\s+is\s+less\s+than\s+€25\.00/);
    const triggers = await line.api.call('GET', `/v1/workflow-triggers?wallet_id=${id}`);
    expect(triggers.body.data).toMatchObject([
      {
        type: 'EVENT',
        customer_id: customerId,
        wallet: {
          wallet_id: id,
          wallet_type_id: walletTypeId,
          customer_reference: reference,
          wallet_reference: reference,
          event: { variant: 'WALLET_BALANCE' },
        },
      },
    ]);
  }, 60_000);

  it('mails about a wallet on demand, whatever its balance (e.39)', async () => {
    const { id, mails, ended } = await wallet();
    const answer = await line.api.call('POST', '/v1/workflow-triggers', { type: 'MANUAL', wallet: { wallet_id: id } });
    expect([answer.status, answer.body.wallet?.wallet_id]).toEqual([201, id]);
    expect(await ended(1)).toMatchObject([{ status: 'SUCCEEDED', wallet_id: id }]);
    expect((await mails()[0]!.parsed()).text).toContain('The balance of your wallet is €100.00.');
  }, 60_000);

  it('mails when a grant ends, because the clock notices', async () => {
    const soon = new Date(Date.now() + 1_500).toISOString();
    const { ended, mails } = await wallet({ expire_at: soon });
    expect(await ended(1)).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect((await mails()[0]!.parsed()).subject).toBe('Your credit with Seller B.V. is used up');
  }, 60_000);
});
