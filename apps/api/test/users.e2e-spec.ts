import { createUser, newPassword } from '../src/access/user.js';
import { createPlatform } from '../src/platforms/platform-keys.js';
import { newApiKey } from '../src/access/api-key.js';
import { Database } from '#database/database';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';

describe('user:create', () => {
  let test: TestDatabase;
  let database: Database;
  let platformId: string;

  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database({ url: test.url, connections: 2 });
    platformId = await createPlatform(database, 'Acme', newApiKey());
  });
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const user = (overrides: object = {}) =>
    createUser(database, {
      platform: 'Acme',
      username: 'ada@acme.example',
      roles: ['Workflow Viewer'],
      password: newPassword(),
      ...overrides,
    });

  it('makes a user of a platform that is named by name or id, once', async () => {
    const made = await user({ username: ' Ada@Acme.example ' });
    expect(made).toEqual({ platformId, id: expect.stringMatching(/^user_/), username: 'ada@acme.example' });
    await expect(user({ platform: platformId })).rejects.toThrow('has a user ada@acme.example already');
  });

  it.each([
    ['platform', { platform: 'Nobody' }, 'There is no platform Nobody'],
    ['role', { username: 'b', roles: ['Workflow Viewer', 'King'] }, 'There is no role King'],
  ])('says which %s does not exist, and makes nobody', async (_what, overrides, message) => {
    const before = await database.client.appUser.count();
    await expect(user(overrides)).rejects.toThrow(message);
    expect(await database.client.appUser.count()).toBe(before);
  });

  it('gives a password by the contract’s rule: 8 characters, a digit, a capital', () => {
    expect(newPassword()).toMatch(/^(?=.*\d)(?=.*[A-Z]).{8,}$/);
    expect(newPassword()).not.toBe(newPassword());
  });
});
