import { randomAlphanumerics } from '#kernel/ids';
import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

let api: RunningApi;
let customer_id: string;
let billing_entity_id: string;

beforeAll(async () => {
  api = await startApi();
  customer_id = (await create(api, '/v1/customers', given.customer())).id;
  billing_entity_id = (await create(api, '/v1/billing-entities', given.billingEntity())).id;
}, STARTING_MS);
afterAll(() => api.stop());

const eur = (quantity: string) => ({ quantity, currency: 'EUR' });

const typeBody = (overrides: object = {}) => ({
  name: 'Prepaid',
  reference: `type-${randomAlphanumerics(8)}`,
  type: 'BALANCE',
  balance: { default_currency: 'EUR' },
  ...overrides,
});
const creditType = (overrides: object = {}) =>
  typeBody({
    type: 'CREDIT',
    balance: undefined,
    credit: { grant_type: 'CREDITS', credits_grant: { credit_type_id: 'crty_1' } },
    ...overrides,
  });

async function walletBody(type: object = typeBody(), overrides: object = {}): Promise<object> {
  const wallet_type_id = (await create(api, '/v1/wallet-types', type)).id;
  return { reference: `wallet-${randomAlphanumerics(8)}`, wallet_type_id, customer_id, ...overrides };
}

const makeWallet = async (type?: object, overrides?: object) =>
  create(api, '/v1/wallets', await walletBody(type, overrides));
const grantBody = (wallet_id: string, overrides: object = {}) => ({
  customer_id,
  billing_entity_id,
  wallet_id,
  grant_amount: eur('100.00'),
  ...overrides,
});
const balance = async (wallet: string, body: object = {}) =>
  (await api.call('POST', `/v1/wallets/${wallet}/balance`, body)).body;

describe('/v1/wallet-types', () => {
  it('is made, found by id and reference, and changed', async () => {
    const body = typeBody();
    const made = await create(api, '/v1/wallet-types', body);
    expect(made).toMatchObject({ object_type: 'WALLET_TYPE', status: 'ACTIVE', ...body });
    expect((await api.call('GET', `/v1/wallet-types/${made.reference}`)).body).toEqual(made);
    const patched = await api.call('PATCH', `/v1/wallet-types/${made.id}`, { name: 'Renamed' });
    expect(patched.body).toMatchObject({ name: 'Renamed', type: 'BALANCE' });
    expect((await api.call('POST', '/v1/wallet-types', body)).status).toBe(409);
  });

  it('is listed by status', async () => {
    const { id } = await create(api, '/v1/wallet-types', typeBody({ status: 'DEPRECATED' }));
    const { body } = await api.call('GET', '/v1/wallet-types?statuses[]=DEPRECATED');
    expect(body.data.map((type: { id: string }) => type.id)).toEqual([id]);
  });

  it.each([
    ['no currency', typeBody({ balance: {} }), 'MISSING_FIELD', 'balance.default_currency'],
    [
      'an unknown currency',
      typeBody({ balance: { default_currency: 'EURO' } }),
      'INVALID_FIELD',
      'balance.default_currency',
    ],
    ['no kind of grants', creditType({ credit: {} }), 'MISSING_FIELD', 'credit.grant_type'],
    [
      'no kind of credits',
      creditType({ credit: { grant_type: 'CREDITS' } }),
      'MISSING_FIELD',
      'credit.credits_grant.credit_type_id',
    ],
    ['the block of the other kind', typeBody({ credit: {} }), 'INVALID_FIELD', 'credit'],
  ])('refuses %s', async (_what, body, code, field) => {
    const answer = await api.call('POST', '/v1/wallet-types', body);
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, code, field]);
  });

  it('lets a draft lack its block until it is activated', async () => {
    const { id } = await create(api, '/v1/wallet-types', typeBody({ status: 'DRAFT', balance: undefined }));
    const refused = await api.call('POST', `/v1/wallet-types/${id}/activate`);
    expect(refused.body).toMatchObject({ code: 'MISSING_FIELD', field: 'balance.default_currency' });
    await api.call('PATCH', `/v1/wallet-types/${id}`, { balance: { default_currency: 'SEK' } });
    expect((await api.call('POST', `/v1/wallet-types/${id}/activate`)).body.status).toBe('ACTIVE');
  });

  it('keeps its currency once there are wallets', async () => {
    const { wallet_type_id } = await makeWallet();
    const answer = await api.call('PATCH', `/v1/wallet-types/${wallet_type_id}`, {
      balance: { default_currency: 'SEK' },
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_OPERATION']);
  });
});

describe.each(['wallet-types', 'wallets'])('the status of /v1/%s', (path) => {
  const made = async () =>
    path === 'wallets' ? makeWallet() : create(api, '/v1/wallet-types', typeBody({ status: 'DRAFT' }));
  const turn = async (id: string, verb: string) => {
    const { status, body } = await api.call('POST', `/v1/${path}/${id}/${verb}`);
    return status === 200 ? body.status : body.code;
  };

  it('follows its operations, and ARCHIVED is final (e.70)', async () => {
    const { id } = await made();
    expect(await turn(id, 'activate')).toBe('ACTIVE');
    expect(await turn(id, 'deactivate')).toBe('INACTIVE');
    expect(await turn(id, 'deprecate')).toBe('DEPRECATED');
    expect(await turn(id, 'archive')).toBe('ARCHIVED');
    expect(await turn(id, 'archive')).toBe('ARCHIVED');
    expect(await turn(id, 'activate')).toBe('INVALID_OPERATION');
    expect(await turn('nobody', 'activate')).toBe('RESOURCE_NOT_FOUND');
  });
});

describe('/v1/wallets', () => {
  it('is made for a customer and listed by him and by type', async () => {
    const made = await makeWallet();
    expect(made).toMatchObject({ object_type: 'WALLET', status: 'ACTIVE', customer_id });
    expect((await api.call('GET', `/v1/wallets/${made.reference}`)).body).toEqual(made);
    const path = `/v1/wallets?customer_id=${customer_id}&wallet_type_id=${made.wallet_type_id}`;
    expect((await api.call('GET', path)).body.data).toEqual([made]);
    expect((await api.call('GET', '/v1/wallets?customer_id=cust_0')).body.data).toEqual([]);
  });

  it('has no wallets of other platforms', async () => {
    const { id } = await makeWallet();
    const other = await api.platform();
    const answer = await api.call('GET', `/v1/wallets/${id}`, undefined, { 'x-api-key': other.key });
    expect(answer.status).toBe(404);
  });

  it.each([
    ['an unknown customer', { customer_id: 'cust_0' }, 'customer_id'],
    ['an unknown type', { wallet_type_id: 'walt_0' }, 'wallet_type_id'],
  ])('refuses %s', async (_what, overrides, field) => {
    const answer = await api.call('POST', '/v1/wallets', await walletBody(undefined, overrides));
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'RESOURCE_NOT_FOUND', field]);
  });

  it('holds, at any time, the grants valid then less what was used (e.78)', async () => {
    const { id, reference } = await makeWallet();
    const from = { start_at: '2026-01-01T00:00:00Z' };
    await create(api, '/v1/wallet-grants', grantBody(id, { ...from, expire_at: '2026-02-01T00:00:00Z' }));
    await create(api, '/v1/wallet-grants', grantBody(id, { ...from, grant_amount: eur('25') }));
    const used = { start_at: '2026-01-15T00:00:00Z', grant_amount: eur('-10.50') };
    await create(api, '/v1/wallet-grants', grantBody(id, used));
    expect(await balance(id, { balance_at: '2026-01-20T00:00:00Z' })).toEqual({
      balance: { amount: eur('114.50') },
      reserved_balance: { amount: eur('0.00') },
      open_balance: { amount: eur('114.50') },
      balance_at: '2026-01-20T00:00:00Z',
    });
    expect((await balance(id, { balance_at: '2025-12-31T23:59:59Z' })).balance).toEqual({ amount: eur('0.00') });
    expect((await balance(reference)).balance).toEqual({ amount: eur('25.00') });
  });
});

describe('/v1/wallet-grants', () => {
  it('is made and listed by wallet and customer', async () => {
    const { id: wallet } = await makeWallet();
    const body = grantBody(wallet, { type: 'PROMOTION', description: 'Welcome', paid_amount: eur('90.00') });
    const made = await create(api, '/v1/wallet-grants', body);
    expect(made).toMatchObject({ object_type: 'WALLET_GRANT', ...body });
    expect((await api.call('GET', `/v1/wallet-grants/${made.id}`)).body).toEqual(made);
    const path = `/v1/wallet-grants?wallet_id=${wallet}&customer_id=${customer_id}`;
    expect((await api.call('GET', path)).body.data).toEqual([made]);
  });

  it('gives credits to wallets that hold credits', async () => {
    const { id } = await makeWallet(creditType());
    const grant_credits = { quantity: '1500', credit_type_id: 'crty_1' };
    await create(api, '/v1/wallet-grants', grantBody(id, { grant_amount: undefined, grant_credits }));
    expect((await balance(id)).balance).toEqual({ credits: grant_credits });
  });

  it.each([
    ['another currency', { grant_amount: { quantity: '1', currency: 'SEK' } }, 'INVALID_FIELD', 'grant_amount'],
    [
      'credits for a wallet of money',
      { grant_amount: undefined, grant_credits: { quantity: '1', credit_type_id: 'crty_1' } },
      'INVALID_FIELD',
      'grant_credits',
    ],
    ['nothing', { grant_amount: undefined }, 'MISSING_FIELD', 'grant_amount'],
    ['a grant of zero', { grant_amount: eur('0.00') }, 'INVALID_FIELD', 'grant_amount.quantity'],
    ['words', { grant_amount: eur('ten') }, 'INVALID_FIELD', 'grant_amount.quantity'],
    ['another customer', { customer_id: 'cust_0' }, 'INVALID_FIELD', 'customer_id'],
    ['an unknown wallet', { wallet_id: 'wall_0' }, 'RESOURCE_NOT_FOUND', 'wallet_id'],
    ['an unknown billing entity', { billing_entity_id: 'bile_0' }, 'RESOURCE_NOT_FOUND', 'billing_entity_id'],
    [
      'an end before its beginning',
      { start_at: '2026-02-01T00:00:00Z', expire_at: '2026-01-01T00:00:00Z' },
      'INVALID_FIELD',
      'expire_at',
    ],
    [
      'an end of what was used',
      { grant_amount: eur('-1'), expire_at: '2036-01-01T00:00:00Z' },
      'INVALID_FIELD',
      'expire_at',
    ],
  ])('refuses %s', async (_what, overrides, code, field) => {
    const { id } = await makeWallet();
    const answer = await api.call('POST', '/v1/wallet-grants', grantBody(id, overrides));
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, code, field]);
  });

  it('goes into no archived wallet', async () => {
    const { id } = await makeWallet();
    await api.call('POST', `/v1/wallets/${id}/archive`);
    const answer = await api.call('POST', '/v1/wallet-grants', grantBody(id));
    expect([answer.status, answer.body.code, answer.body.field]).toEqual([400, 'INVALID_OPERATION', 'wallet_id']);
  });
});
