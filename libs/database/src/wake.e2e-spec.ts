import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';
import { WakeListener, WakeSender } from './wake.js';

describe('waking the workers', () => {
  let test: TestDatabase;

  beforeAll(async () => (test = await createTestDatabase()));
  afterAll(() => test.drop());

  /** A listener that counts, and a way to wait for a count. */
  const listening = async () => {
    let count = 0;
    let check: () => void = () => undefined;
    const listener = new WakeListener(test.url, () => {
      count += 1;
      check();
    });
    await listener.start();
    const reaches = (wanted: number) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (count >= wanted) resolve();
        };
        check();
      });
    return { listener, reaches, count: () => count };
  };

  it('rings once when it starts to listen, then for each wake', async () => {
    const { listener, reaches } = await listening();
    const sender = new WakeSender(test.url);
    await reaches(1);
    sender.wake();
    await reaches(2);
    await Promise.all([sender.close(), listener.close()]);
  });

  it('makes one ring of many that come together', async () => {
    const { listener, reaches, count } = await listening();
    const sender = new WakeSender(test.url);
    for (let i = 0; i < 1_000; i += 1) sender.wake();
    await reaches(2);
    sender.wake();
    await reaches(3);
    expect(count()).toBe(3);
    await Promise.all([sender.close(), listener.close()]);
  });

  it('listens again after its connection was lost', async () => {
    const { listener, reaches } = await listening();
    await reaches(1);
    const admin = new Client(test.url);
    await admin.connect();
    await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'billing-workflows wake'`);
    await admin.end();
    await reaches(2);
    expect(listener.connected).toBe(true);
    await listener.close();
  });

  it('never fails the caller, whatever the database does', async () => {
    const nowhere = 'postgres://nobody@127.0.0.1:1/nothing';
    const sender = new WakeSender(nowhere);
    const listener = new WakeListener(nowhere, () => undefined);
    expect(() => sender.wake()).not.toThrow();
    await listener.start();
    expect(listener.connected).toBe(false);
    await Promise.all([sender.close(), listener.close()]);
  });
});
