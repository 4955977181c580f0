import { apiConfig } from '../src/api.config.js';
import { AccessTokens } from '../src/access/access-tokens.js';
import { SigningKeys } from '../src/access/signing-keys.js';
import { Database } from '#database/database';
import { createTestDatabase, type TestDatabase } from '#testing/test-database';

describe('signing keys', () => {
  let test: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    database = new Database({ url: test.url, connections: 4 });
  });
  beforeEach(() => database.client.signingKey.deleteMany());
  afterAll(async () => {
    await database.close();
    await test.drop();
  });

  const process = (encryptionKey = 'k'.repeat(32)) => {
    const config = apiConfig.parse({ DATABASE_URL: test.url, ENCRYPTION_KEY: encryptionKey });
    const keys = new SigningKeys(database, config);
    return { keys, tokens: new AccessTokens(keys, config) };
  };
  const subject = {
    kind: 'USER',
    id: 'user_1',
    platformId: 'plat_1',
    authenticatedAt: new Date(1_700_000_000_000),
  } as const;
  const issue = async (from = process()) => (await from.tokens.issue(subject, new Date(), null)).token;

  it('are made once, also by many processes at once', async () => {
    const kids = await Promise.all(
      [process(), process(), process()].map(async ({ keys }) => (await keys.current()).kid),
    );
    expect(new Set(kids).size).toBe(1);
  });

  it('let any process read what another has signed, also one that started to verify before', async () => {
    const other = process();
    expect(await other.tokens.read('eyJhbGciOiJFUzI1NiJ9.e30.x')).toBeNull();
    expect(await other.tokens.read(await issue())).toEqual(subject);
  });

  it('are replaced after 30 days; what the old one signed is read for one more', async () => {
    const token = await issue();
    const [old] = await database.client.signingKey.findMany();
    const age = (days: number) =>
      database.client
        .$executeRaw`UPDATE signing_key SET created_at = now() - make_interval(days => ${days}::int, hours => 1) WHERE id = ${old!.id}`;
    await age(30);
    expect((await process().keys.current()).kid).not.toBe(old!.id);
    expect(await process().tokens.read(token)).toEqual(subject);
    await age(31);
    expect(await process().tokens.read(token)).toBeNull();
  });

  it('are stored with nothing readable of the private part', async () => {
    await issue();
    const [row] = await database.client.signingKey.findMany();
    expect(row!.publicJwk).not.toHaveProperty('d');
    expect(Buffer.from(row!.privateJwk, 'base64').toString('latin1')).not.toContain('"d"');
  });

  it('are made anew when ENCRYPTION_KEY has changed, and what was signed before stays good', async () => {
    const token = await issue();
    const changed = process('another key'.repeat(4));
    expect(await changed.tokens.read(token)).toEqual(subject);
    await issue(changed);
    expect(await database.client.signingKey.count()).toBe(2);
  });

  it('sign nothing that outlives what it is for', async () => {
    const { tokens } = process();
    const now = new Date();
    const latest = new Date(now.getTime() + 90_500);
    const { expiresAt } = await tokens.issue(subject, now, latest);
    expect(expiresAt.getTime()).toBe(Math.floor(latest.getTime() / 1000) * 1000);
    expect(
      await tokens.read((await tokens.issue(subject, new Date(now.getTime() - 7_200_000), null)).token),
    ).toBeNull();
  });
});
