import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { customerTable } from '#billing/customers/customer';
import { createResource } from '#billing/resources/record-resource';
import { Database } from '#database/database';
import { DeliverWebhooks } from '#journal/delivery/deliver-webhooks';
import { OutgoingClient } from '#journal/outgoing/outgoing-client';
import { newId } from '#kernel/ids';
import { Given } from '#testing/given';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { until } from '#testing/until';
import { WebhookSender } from './webhook-sender.js';

interface Delivery {
  headers: IncomingHttpHeaders;
  body: string;
}

/** An integrator's endpoint. */
class Receiver {
  readonly deliveries: Delivery[] = [];
  answer: (response: ServerResponse, delivery: Delivery) => void = (response) => response.end();
  private readonly server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const delivery = { headers: request.headers, body };
      this.deliveries.push(delivery);
      this.answer(response, delivery);
    });
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** References of the customers that it was told of, in order. */
  get told(): string[] {
    return this.deliveries.map(({ body }) => (JSON.parse(body) as { data: { reference: string } }).data.reference);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let clone: TestDatabase;
let database: Database;
let given: Given;
let receiver: Receiver;
const senders: WebhookSender[] = [];
const errors: unknown[] = [];

beforeAll(async () => {
  clone = await createTestDatabase();
  database = new Database({ url: clone.url, connections: 6 });
});
afterAll(async () => {
  await database.close();
  await clone.drop();
});
beforeEach(async () => {
  given = await Given.platform(database);
  receiver = await Receiver.start();
});
afterEach(async () => {
  await receiver.close();
  await Promise.all(senders.splice(0).map((sender) => sender.stop()));
  await database.client.webhook.deleteMany();
  expect(errors).toEqual([]);
});

/** What one worker process does. */
const worker = (timeoutMs = 2_000) => {
  const client = new OutgoingClient({ allowPrivateAddresses: true, timeoutMs });
  const delivery = new DeliverWebhooks(database, client, (sealed) => ({ secret_key: sealed }));
  const sender: WebhookSender = new WebhookSender(
    database,
    delivery,
    client,
    () => undefined,
    (error) => errors.push(error),
  );
  senders.push(sender);
  return sender;
};
const endpoint = async (url: string) => {
  const id = newId('webhook');
  const document = { url, included_actions: ['CUSTOMER.CREATED'] };
  await database.client.webhook.create({
    data: { platformId: given.platformId, id, document, secrets: 'signing key' },
  });
  return id;
};
const happen = (reference: string) =>
  database.transaction((tx) => createResource(tx, customerTable, given.platformId, { reference }));
const row = (id: string) => database.client.webhook.findFirstOrThrow({ where: { id } });
const isFree = async (id: string) => (await row(id)).leaseUntil === null && (await row(id)).token > 0n;
const pass = (id: string, column: 'retry_at' | 'lease_until') =>
  database.client.$executeRawUnsafe(`UPDATE webhook SET ${column} = clock_timestamp() WHERE id = '${id}'`);

describe('WebhookSender', () => {
  it('signs the very bytes that it sends', async () => {
    await endpoint(receiver.url);
    await happen('one');
    await worker().begin();
    await until(() => receiver.deliveries.length === 1);
    const { headers, body } = receiver.deliveries[0]!;
    const signed = `${String(headers['x-payload-signature-timestamp'])}.${body}`;
    const expected = createHmac('sha256', 'signing key').update(signed).digest('hex').toUpperCase();
    expect(headers['x-payload-signature']).toBe(`v1=${expected}`);
  });

  it('delivers in the order in which things happened', async () => {
    await endpoint(receiver.url);
    const happened = Array.from({ length: 20 }, (_, n) => `customer-${n}`);
    for (const reference of happened) await happen(reference);
    await Promise.all([worker().begin(), worker().begin()]);
    await until(() => receiver.deliveries.length === 20);
    expect(receiver.told).toEqual(happened);
  });

  it('keeps everything behind a failure waiting, and goes on in order after the penalty, by another process', async () => {
    const id = await endpoint(receiver.url);
    for (const reference of ['one', 'two', 'three']) await happen(reference);
    receiver.answer = (response) => response.writeHead(receiver.told.at(-1) === 'two' ? 500 : 200).end();
    const first = worker();
    await first.begin();
    await until(() => isFree(id));
    await first.stop();
    expect(receiver.told).toEqual(['one', 'two']);
    const { retryAt, retryCount } = await row(id);
    expect(retryCount).toBe(1);
    expect((retryAt!.getTime() - Date.now()) / 60_000).toBeCloseTo(2, 0);

    receiver.answer = (response) => response.end();
    const second = worker();
    await second.begin();
    expect(receiver.told).toEqual(['one', 'two']);
    await pass(id, 'retry_at');
    await second.begin();
    await until(() => receiver.deliveries.length === 4);
    expect(receiver.told).toEqual(['one', 'two', 'two', 'three']);
    await until(async () => (await row(id)).retryCount === 0);
  });

  it('delivers again, with the same id, what a process that ended had sent and not recorded', async () => {
    const id = await endpoint(receiver.url);
    await happen('one');
    // A worker that was killed between the answer and its record: what is left of it is its lease.
    await database.client.$executeRaw`
      UPDATE webhook SET token = token + 1, lease_until = clock_timestamp() + interval '30 seconds' WHERE id = ${id}`;
    const next = worker();
    await next.begin();
    expect(receiver.deliveries).toEqual([]);
    await pass(id, 'lease_until');
    await next.begin();
    await until(() => receiver.deliveries.length === 1);
    const [event] = await database.client.webhookEvent.findMany({ where: { webhookId: id } });
    expect(JSON.parse(receiver.deliveries[0]!.body)).toMatchObject({ id: event!.id });
  });

  it('delays no endpoint for the slowness of another', async () => {
    const slow = await Receiver.start();
    slow.answer = () => undefined;
    await endpoint(slow.url);
    await endpoint(receiver.url);
    await happen('one');
    const sender = worker(1_000);
    await sender.begin();
    await until(() => receiver.deliveries.length === 1);
    await happen('two');
    await until(async () => {
      await sender.begin();
      return receiver.deliveries.length === 2;
    });
    expect(slow.deliveries).toHaveLength(1);
    await sender.stop();
    await slow.close();
  });

  it('gives up what was tried for 7 days, and tells so', async () => {
    const id = await endpoint(receiver.url);
    await happen('old');
    await happen('new');
    await database.client.$executeRaw`
      UPDATE webhook_event SET expires_at = clock_timestamp() WHERE webhook_id = ${id}
         AND payload->'data'->>'reference' = 'old'`;
    receiver.answer = (response) => response.writeHead(410).end();
    await worker().begin();
    await until(() => isFree(id));
    const events = await database.client.webhookEvent.findMany({
      where: { webhookId: id },
      orderBy: { position: 'asc' },
    });
    expect(events.map(({ status }) => status)).toEqual(['FAILED', 'PENDING']);
    expect(events[0]).toMatchObject({ responseStatus: 410, message: 'The other side answered 410.' });
  });
});
