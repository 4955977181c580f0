import { Database } from '#database/database';
import { newId } from '#kernel/ids';
import { Given } from '#testing/given';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { readMailFacts } from './read-mail-facts.js';

describe('readMailFacts', () => {
  let clone: TestDatabase;
  let database: Database;
  let given: Given;

  beforeAll(async () => {
    clone = await createTestDatabase();
    database = new Database({ url: clone.url, connections: 2 });
  });
  afterAll(async () => {
    await database.close();
    await clone.drop();
  });
  beforeEach(async () => (given = await Given.platform(database)));

  const seller = async (legal_name: string) => {
    const id = newId('billingEntity');
    await database.client.billingEntity.create({
      data: { platformId: given.platformId, id, document: { legal_name } },
    });
    return id;
  };

  /** The seller of a mail about a subscription. */
  const sellerOf = async (billingEntityId: string | null) => {
    const { platformId, customerId, integrationId } = given;
    const subscriptionId = newId('pricingPlanSubscription');
    const data = { platformId, id: subscriptionId, customerId, billingEntityId, status: 'ACTIVE', type: 'BILLING' };
    await database.client.pricingPlanSubscription.create({ data: { ...data, document: {} } });
    const subject = { platformId, customerId, invoiceId: null, paymentId: null, subscriptionId, integrationId };
    return (await readMailFacts(database, subject)).billingEntity?.legal_name;
  };

  it('takes the seller that the resource names', async () => {
    await seller('One B.V.');
    expect(await sellerOf(await seller('Other B.V.'))).toBe('Other B.V.');
  });

  it('takes the only seller there is when the resource names none', async () => {
    await seller('One B.V.');
    expect(await sellerOf(null)).toBe('One B.V.');
  });

  it('takes none of several', async () => {
    await seller('One B.V.');
    await seller('Other B.V.');
    expect(await sellerOf(null)).toBeUndefined();
  });
});
