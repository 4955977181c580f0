import { Database } from '#database/database';
import { credits, GivenWallets, runWalletClock } from '#testing/given-wallets';
import { eur, Given, inDays } from '#testing/given';
import { executionsOf, ledgerOf } from '#testing/ledger-reader';
import { LedgerSteps } from '#testing/ledger-steps';
import { passTime } from '#testing/pass-time';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';

let clone: TestDatabase;
let database: Database;
let given: Given;
let wallets: GivenWallets;
let typeId: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 4 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  given = await Given.platform(database);
  wallets = await GivenWallets.on(database, given);
  typeId = await wallets.type();
});

const below = (quantity: string) => ({ threshold: { amount: eur(quantity) } });
const mailsAbout = async (walletId: string) => (await ledgerOf(database, walletId)).length;

async function fullWallet(quantity = '100', options: Record<string, unknown> = {}): Promise<string> {
  const id = await wallets.wallet(typeId);
  await wallets.give(id, quantity, options);
  return id;
}

describe('a workflow that watches balances (e.32)', () => {
  it('starts when one falls below the threshold, not while it stays there', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet();
    await wallets.give(id, '-75');
    expect(await mailsAbout(id)).toBe(0);
    await wallets.give(id, '-0.01');
    await wallets.give(id, '-10');
    expect(await ledgerOf(database, id)).toEqual(['event PENDING']);
  });

  it('is armed again when the balance reaches the threshold, and starts once per fall (e.33)', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet();
    await wallets.give(id, '-80');
    await wallets.give(id, '4.99');
    await wallets.give(id, '-1');
    expect(await mailsAbout(id)).toBe(1);
    await wallets.give(id, '1.01');
    await wallets.give(id, '-1');
    expect(await mailsAbout(id)).toBe(2);
  });

  it('starts for no wallet that was never above the threshold', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet('10');
    await wallets.give(id, '-5');
    expect(await mailsAbout(id)).toBe(0);
  });

  it('starts for no balance that had fallen before it was activated', async () => {
    const id = await fullWallet();
    await wallets.give(id, '-90');
    await wallets.watch(below('25'));
    await wallets.give(id, '-5');
    expect(await mailsAbout(id)).toBe(0);
  });

  it('counts a percentage of the grants that are valid', async () => {
    await wallets.watch({ threshold: { percentage: '20' } });
    const id = await fullWallet('50');
    await wallets.give(id, '-40');
    expect(await mailsAbout(id)).toBe(0);
    await wallets.give(id, '-0.01');
    expect(await mailsAbout(id)).toBe(1);
  });

  it('counts credits of its own kind', async () => {
    const credit = { grant_type: 'CREDITS', credits_grant: { credit_type_id: 'crty_1' } };
    const id = await wallets.wallet(await wallets.type({ type: 'CREDIT', balance: undefined, credit }));
    await wallets.watch({ threshold: { credits: credits('10') } });
    await wallets.watch({ threshold: { credits: { ...credits('10'), credit_type_id: 'crty_2' } } });
    for (const quantity of ['100', '-95']) {
      await wallets.give(id, quantity, { grant_amount: undefined, grant_credits: credits(quantity) });
    }
    expect(await mailsAbout(id)).toBe(1);
  });

  it('watches all types when it names none, and only its own when it does', async () => {
    const other = await wallets.type();
    await wallets.watch({ wallet_type_id: other, ...below('25') });
    const id = await fullWallet();
    await wallets.give(id, '-80');
    expect(await mailsAbout(id)).toBe(0);
    await wallets.watch(below('15'));
    await wallets.give(id, '-10');
    expect(await mailsAbout(id)).toBe(1);
  });

  it('watches only ACTIVE wallets', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet();
    await wallets.status(id, 'INACTIVE');
    await wallets.give(id, '-80');
    await wallets.status(id, 'ACTIVE');
    await wallets.give(id, '-1');
    expect(await mailsAbout(id)).toBe(0);
  });

  it('watches only the wallets of its customers (e.20)', async () => {
    const customerId = await given.customer();
    await wallets.watch(below('25'), { customer_ids: [customerId] });
    const [own, other] = [await wallets.wallet(typeId, customerId), await fullWallet()];
    for (const quantity of ['100', '-80']) await wallets.give(own, quantity, { customerId });
    await wallets.give(other, '-80');
    expect([await mailsAbout(own), await mailsAbout(other)]).toEqual([1, 0]);
  });

  it('starts nothing for what is only recorded (e.34)', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet();
    await wallets.give(id, '-80', { recordOnly: true });
    expect(await mailsAbout(id)).toBe(0);
  });

  it.each([
    ['a type that is not there', { wallet_type_id: 'walt_0' }, 'wallet.wallet_balance.wallet_type_id'],
    [
      'a threshold in another currency',
      { threshold: { amount: { quantity: '1', currency: 'SEK' } } },
      'wallet.wallet_balance.threshold.amount',
    ],
    ['a threshold in credits', { threshold: { credits: credits('1') } }, 'wallet.wallet_balance.threshold.credits'],
  ])('is refused with %s', async (_what, balance, field) => {
    const watching = wallets.watch({ wallet_type_id: typeId, ...below('25'), ...balance });
    await expect(watching).rejects.toMatchObject({ details: { field } });
  });
});

describe('time', () => {
  it('lets a balance fall when a grant ends: the clock notices, once, for that instant', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet('100', { expire_at: inDays(1) });
    await wallets.give(id, '10');
    expect(await runWalletClock(database)).toBe(0);
    await passTime(database, { hours: 30 });
    expect(await runWalletClock(database)).toBe(1);
    expect(await runWalletClock(database)).toBe(0);
    const [execution, ...others] = await executionsOf(database, id);
    expect(others).toEqual([]);
    expect(Date.now() - execution!.dueAt.getTime()).toBeGreaterThan(5.9 * 3_600_000);
  });

  it('is followed before a grant that comes too late, though the clock has not looked yet', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet('100', { expire_at: inDays(1) });
    await passTime(database, { hours: 30 });
    await wallets.give(id, '100');
    expect(await mailsAbout(id)).toBe(1);
    expect(await runWalletClock(database)).toBe(0);
  });

  it('says nothing of a grant that ended before the workflow was activated', async () => {
    const id = await fullWallet('100', { expire_at: inDays(1) });
    await passTime(database, { hours: 30 });
    await wallets.watch(below('25'));
    expect(await runWalletClock(database)).toBe(1);
    expect(await mailsAbout(id)).toBe(0);
  });

  it('lets a grant count from its beginning, and arms the workflow again', async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet();
    await wallets.give(id, '100', { start_at: inDays(1), expire_at: inDays(2) });
    await wallets.give(id, '-90');
    expect(await mailsAbout(id)).toBe(1);
    await passTime(database, { hours: 30 });
    await runWalletClock(database);
    expect(await mailsAbout(id)).toBe(1);
    await passTime(database, { hours: 30 });
    await runWalletClock(database);
    expect(await mailsAbout(id)).toBe(2);
  });
});

describe('a mail about a wallet that is under way', () => {
  const underWay = async () => {
    await wallets.watch(below('25'));
    const id = await fullWallet();
    await wallets.give(id, '50', { start_at: inDays(1) });
    await wallets.give(id, '-80');
    const steps = new LedgerSteps(database, given.platformId);
    const [planned] = await executionsOf(database, id);
    const execution = await steps.claimed(planned!.id, 7 * 86_400_000);
    await steps.prepare(execution, 7 * 86_400_000);
    return { id, gate: () => steps.gate(execution) };
  };

  it('leaves when nothing has changed', async () => {
    const { gate } = await underWay();
    expect(await gate()).toMatchObject({ passed: true });
  });

  it('is stopped at the gate when the wallet was topped up meanwhile', async () => {
    const { id, gate } = await underWay();
    await wallets.give(id, '50');
    expect(await gate()).toEqual({ passed: false, why: 'FACTS_MOVED' });
  });

  it('is stopped at the gate when a grant has begun meanwhile', async () => {
    const { gate } = await underWay();
    await passTime(database, { hours: 30 });
    await runWalletClock(database);
    expect(await gate()).toEqual({ passed: false, why: 'FACTS_MOVED' });
  });
});
