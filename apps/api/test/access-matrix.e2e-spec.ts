import { builtInRoleId } from '../src/access/built-in-roles.js';
import { hashOfKey, newApiKey } from '../src/access/api-key.js';
import { PERMISSIONS } from '../src/access/permission-names.js';
import { newId } from '#kernel/ids';
import { idFieldsOf, namesOne, type Operation, operationsOf, pathTo } from './described-operations.js';
import { BROUGHT_ALONG, IGNORED, KEPT, OF_ANOTHER_TYPE, OF_NOTHING } from './id-fields.js';
import { EVERYTHING, PopulatedPlatform } from './populated-platform.js';
import { type Answer, type RunningApi, startApi, STARTING_MS } from './start-api.js';
import { MORE_VALID_BODIES, type Named, VALID_BODIES } from './valid-bodies.js';

/** POSTs that only look. */
const LOOKING = [/\/search$/, /\/balance$/, /^POST \/v1\/integrations\/test-connection$/];
/** They act on what is further than a new one is. */
const NEEDS_FINAL = ['POST /v1/invoices/{resourceId}/send_by_email'];
const UNREADABLE = '{"broken';
const AT_ONCE = 8;

let api: RunningApi;
let operations: Operation[];
let guarded: Operation[];
let own: PopulatedPlatform;
let foreign: PopulatedPlatform;
const counts = new Map<string, number>();

beforeAll(async () => {
  api = await startApi(EVERYTHING);
  operations = operationsOf((await api.call('GET', '/openapi.json')).body);
  guarded = operations.filter(({ permissions }) => permissions.length > 0);
  own = await PopulatedPlatform.on(api, api);
  foreign = await PopulatedPlatform.on(api, await api.platform());
}, STARTING_MS);
afterAll(async () => {
  const cases = [...counts].map(([name, count]) => `  ${String(count).padStart(4)}  ${name}`);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  process.stdout.write(`Access matrix: ${operations.length} operations, ${total} cases\n${cases.join('\n')}\n`);
  await api.stop();
});

/** Tries the case on each of them. @returns what went otherwise than it should. */
async function problems<T extends { name: string }>(
  title: string,
  subjects: readonly T[],
  wrong: (subject: T) => Promise<string | null>,
): Promise<string[]> {
  counts.set(title, subjects.length);
  const found: string[] = [];
  for (let at = 0; at < subjects.length; at += AT_ONCE) {
    const several = subjects.slice(at, at + AT_ONCE);
    const results = await Promise.all(several.map(async (one) => [one.name, await wrong(one)] as const));
    found.push(...results.flatMap(([name, problem]) => (problem === null ? [] : [`${name}: ${problem}`])));
  }
  return found;
}

/** Null when the answer is this refusal. */
function otherThan(answer: Answer, expected: { status: number; code?: string; field?: string }): string | null {
  const { type, code, field, message } = answer.body ?? {};
  const got = { status: answer.status, code, field };
  const asExpected = Object.entries(expected).every(([name, value]) => got[name as 'code'] === value);
  const inEnvelope = type === 'INVALID_REQUEST' && typeof message === 'string' && message !== '';
  return asExpected && inEnvelope ? null : `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
}

/** A request that would be refused for its body or its path as well, were it not refused before. */
const hopeless = (operation: Operation, headers: Record<string, string>) =>
  api.call(operation.method, pathTo(operation, 'nobody'), operation.body ? UNREADABLE : undefined, headers);

const bodyOf = (operation: Operation, named: Named): unknown => VALID_BODIES[operation.name]?.(named);
const isList = ({ path, method }: Operation) => !path.includes('{') && (method === 'GET' || path.endsWith('/search'));
const looks = ({ name, method }: Operation) => method === 'GET' || LOOKING.some((pattern) => pattern.test(name));

/** Keys with rights that cannot be given through the API in one step each. */
async function keysWith(rights: readonly string[][]): Promise<string[]> {
  const keys = rights.map(() => newApiKey());
  await api.database.client.apiKey.createMany({
    data: rights.map((permissions, at) => ({
      platformId: api.platformId,
      id: newId('apiKey'),
      hash: hashOfKey(keys[at]!),
      document: { account_memberships: membershipsOf(permissions.map(builtInRoleId)) },
    })),
  });
  return keys;
}

/** As many as it takes: one has 200 roles at most. */
const membershipsOf = (roleIds: string[]) =>
  [roleIds.slice(0, 200), roleIds.slice(200)].map((role_ids) => ({ type: 'USER', role_ids }));

/** What the tables hold of the platform, or of all. That of keys is left out: it records their use. */
async function everything(platformId = ''): Promise<unknown> {
  const tables = await api.database.client.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'platform_id' AND table_name <> 'api_key'`;
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int, md5(string_agg(t::text, '' ORDER BY t::text)) FROM "${name}" t
        WHERE platform_id LIKE '${platformId}%'`,
  );
  return api.database.client.$queryRawUnsafe(`${digests.join(' UNION ALL ')} ORDER BY 1`);
}

describe('every operation of the document', () => {
  it('has a valid request in this matrix, and says who may call it', () => {
    const without = operations.filter(({ name, body }) => body && !VALID_BODIES[name]).map(({ name }) => name);
    expect(without).toEqual([]);
    const unknown = Object.keys(VALID_BODIES).filter((known) => !operations.some(({ name }) => name === known));
    expect(unknown).toEqual([]);
    const open = operations.filter(({ permissions }) => permissions.length === 0).map(({ name }) => name);
    expect(open).toEqual(['POST /v1/oauth/token', 'POST /v1/oauth/refresh-token']);
  });
});

describe('refused before body and path are looked at (e.62)', () => {
  let before: unknown;

  beforeAll(async () => (before = await everything()));
  afterAll(async () => expect(await everything()).toEqual(before));

  it.each([
    ['no key', () => ({ 'x-api-key': '' })],
    ['a key that nobody has', () => ({ 'x-api-key': newApiKey() })],
    ['a token that nobody gave', () => ({ 'x-api-key': '', authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' })],
  ])('is who calls with %s', async (title, headers) => {
    const refused = { status: 401, code: 'UNAUTHORISED' };
    expect(await problems(title, guarded, async (one) => otherThan(await hopeless(one, headers()), refused))).toEqual(
      [],
    );
  });

  it('is who calls with a key that has just been deactivated (e.64)', async () => {
    const [key] = await keysWith([[...PERMISSIONS]]);
    const headers = { 'x-api-key': key! };
    expect((await api.call('GET', '/v1/customers', undefined, headers)).status).toBe(200);
    const where = { hash: hashOfKey(key!) };
    const { id } = await api.database.client.apiKey.findUniqueOrThrow({ where });
    expect((await api.call('PATCH', `/v1/api-keys/${id}`, { active: false })).status).toBe(200);
    const refused = { status: 401, code: 'UNAUTHORISED' };
    const found = await problems('a deactivated key', guarded, async (one) =>
      otherThan(await hopeless(one, headers), refused),
    );
    expect(found).toEqual([]);
    before = await everything();
  });

  it('is a key that lacks the one permission, whatever else it may do (e.53)', async () => {
    const sets = guarded.map(({ permissions }) => PERMISSIONS.filter((name) => !permissions.includes(name)));
    const keys = await keysWith(sets);
    const refused = { status: 403, code: 'USER_NOT_ALLOWED' };
    const subjects = guarded.map((operation, at) => ({ ...operation, key: keys[at]! }));
    const found = await problems('every permission but its own', subjects, async (one) =>
      otherThan(await hopeless(one, { 'x-api-key': one.key }), refused),
    );
    expect(found).toEqual([]);
  });

  it('is not a key that has any one of its permissions and no other (e.53)', async () => {
    const pairs = guarded.flatMap((one) => one.permissions.map((permission) => ({ ...one, permission })));
    const keys = await keysWith(pairs.map(({ permission }) => [permission]));
    const subjects = pairs.map((pair, at) => ({ ...pair, key: keys[at]! }));
    const found = await problems('its own permission only', subjects, async (one) => {
      const { status } = await hopeless(one, { 'x-api-key': one.key });
      return [401, 403].includes(status) || status >= 500 ? `${status} with ${one.permission}` : null;
    });
    expect(found).toEqual([]);
    before = await everything();
  });
});

describe('a READ_ONLY key (e.54)', () => {
  it('reads everything and writes nothing', async () => {
    const made = await own.call('POST', '/v1/api-keys', { description: 'Reads', role_type: 'READ_ONLY' });
    const headers = { 'x-api-key': made.body.api_key as string };
    // A download may print what nobody has asked for yet.
    await own.call('GET', `/v1/invoices/${own.ids.invoices}/pdf`);
    const before = await everything();
    const reads = await problems('READ_ONLY reads', guarded.filter(looks), async (one) => {
      const id = own.ids[one.collection];
      const answer = await api.call(one.method, pathTo(one, id), bodyOf(one, own), headers);
      return answer.status === 200 ? null : `${answer.status} ${JSON.stringify(answer.body)}`;
    });
    expect(reads).toEqual([]);
    const writes = await problems(
      'READ_ONLY writes',
      guarded.filter((one) => !looks(one)),
      async (one) => otherThan(await hopeless(one, headers), { status: 403, code: 'USER_NOT_ALLOWED' }),
    );
    expect(writes).toEqual([]);
    expect(await everything()).toEqual(before);
  });
});

describe('two platforms', () => {
  let before: unknown;

  beforeAll(async () => (before = await everything(foreign.platformId)));
  afterAll(async () => expect(await everything(foreign.platformId)).toEqual(before));

  const notFound = { status: 404, code: 'RESOURCE_NOT_FOUND' };

  it("do not find each other's resources by id", async () => {
    const found = await problems('a foreign id in the path', guarded.filter(namesOne), async (one) => {
      const path = pathTo(one, foreign.ids[one.collection]);
      return otherThan(await own.call(one.method, path, bodyOf(one, own)), notFound);
    });
    expect(found).toEqual([]);
  });

  it("do not find each other's resources by reference", async () => {
    const byReference = guarded.filter(({ path }) => path.includes('{resourceIdOrReference}'));
    const found = await problems('a foreign reference in the path', byReference, async (one) => {
      const path = pathTo(one, foreign.references[one.collection]);
      return otherThan(await own.call(one.method, path, bodyOf(one, own)), notFound);
    });
    expect(found).toEqual([]);
  });

  it('see nothing of each other in lists and searches', async () => {
    const theirs = [...Object.values(foreign.ids), foreign.platformId];
    const found = await problems("a list beside another platform's", guarded.filter(isList), async (one) => {
      const answer = await own.call(one.method, `${one.path}?limit=200`, bodyOf(one, own));
      const shown = theirs.find((id) => JSON.stringify(answer.body).includes(id));
      return answer.status === 200 && shown === undefined ? null : `${answer.status} shows ${shown ?? 'nothing'}`;
    });
    expect(found).toEqual([]);
  });

  it("find nothing by each other's ids (e.72)", async () => {
    const filters = guarded
      .filter((one) => isList(one) && one.method === 'GET')
      .flatMap((one) => idFiltersOf(one).map((filter) => ({ ...one, name: `${one.name} ${filter}`, filter })));
    const found = await problems('a foreign id in a filter', filters, async ({ path, filter }) => {
      const ids = foreignIdsFor(filter);
      const answers = await Promise.all(
        ids.map((id) => own.call('GET', `${path}?${encodeURIComponent(filter)}=${id}`)),
      );
      const other = answers.find(({ status, body }) => status !== 200 || (body.data ?? body).length > 0);
      return other ? `${other.status} ${JSON.stringify(other.body).slice(0, 200)}` : null;
    });
    expect(found).toEqual([]);
  });

  it("cannot refer to each other's resources", async () => {
    const found = await problems('a foreign id in the body', references(), async (reference) => {
      const { name, operation, sent, id } = reference;
      const subject = namesOne(operation) ? (await own.another(operation.collection)).id : '';
      const answer = await own.call(operation.method, pathTo(operation, subject), sent);
      if (isOneOf(KEPT, name)) return answer.status < 300 ? null : otherThan(answer, { status: 200 });
      const kept = answer.status >= 300 || JSON.stringify(answer.body).includes(id);
      if (isOneOf(IGNORED, name)) return kept ? `${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}` : null;
      // A search for a key answers 404 without a hit (e.64).
      if (operation.path === '/v1/api-keys/search') return otherThan(answer, notFound);
      return otherThan(answer, { status: 400, field: reference.field });
    });
    expect(found).toEqual([]);
  });

  it('are tried with every field that may name a resource', async () => {
    const tried = new Set(references().map(({ name }) => name));
    const document = (await api.call('GET', '/openapi.json')).body;
    const fields = guarded.flatMap((one) =>
      one.body ? idFieldsOf(one.body, document).map((field) => `${one.name} ${field}`) : [],
    );
    const untried = fields.filter((name) => !tried.has(name) && !tried.has(`${name}.*`));
    const known = [...OF_NOTHING, ...IGNORED, ...BROUGHT_ALONG, ...OF_ANOTHER_TYPE];
    expect(untried.filter((name) => !isOneOf(known, name))).toEqual([]);
  });
});

describe('with everything right', () => {
  it('every operation answers 2xx', async () => {
    const found = await problems('a valid request', guarded, async (one) => {
      const subject =
        namesOne(one) && !NEEDS_FINAL.includes(one.name)
          ? (await own.another(one.collection)).id
          : own.ids[one.collection];
      const answer = await own.call(one.method, pathTo(one, subject), bodyOf(one, own));
      return answer.status < 300 ? null : `${answer.status} ${JSON.stringify(answer.body)}`;
    });
    expect(found).toEqual([]);
  });
});

/** Every field of the valid bodies that names a resource, with a body in which it names one of the other platform. */
function references() {
  const theirs = new Map(Object.entries(own.ids).map(([name, id]) => [id, foreign.ids[name]!]));
  theirs.set(own.platformId, foreign.platformId);
  return [...Object.entries(VALID_BODIES), ...MORE_VALID_BODIES].flatMap(([of, bodyFor]) => {
    const operation = operations.find(({ name }) => name === of)!;
    return fieldsIn(bodyFor(own), (text) => theirs.has(text)).map((field) => {
      const { sent, id } = replaced(bodyFor(own), field, theirs);
      return { name: `${of} ${field.replace(/\.\d+/g, '.*')}`, operation, field, sent, id };
    });
  });
}

const idFiltersOf = ({ query }: Operation) => query.filter((name) => /_ids?(\[\])?$/.test(name));
/** `customer_id` → of a customer; of everything when the name does not say of what. */
function foreignIdsFor(filter: string): string[] {
  const start = filter
    .replace(/_ids?(\[\])?$/, '')
    .replaceAll('_', '-')
    .slice(0, -1);
  const named = Object.keys(foreign.ids).filter((collection) => collection.startsWith(start));
  return (named.length > 0 ? named : Object.keys(foreign.ids)).map((collection) => foreign.ids[collection]!);
}

const isOneOf = (patterns: readonly RegExp[], name: string) => patterns.some((pattern) => pattern.test(name));

/** Dotted paths of the texts that the condition holds for. */
function fieldsIn(value: unknown, condition: (text: string) => boolean, path = ''): string[] {
  if (typeof value === 'string') return condition(value) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    fieldsIn(part, condition, path === '' ? name : `${path}.${name}`),
  );
}

/** The body with another id in that place, and that id. */
function replaced(body: object, field: string, others: ReadonlyMap<string, string>): { sent: object; id: string } {
  const names = field.split('.');
  const last = names.pop()!;
  const holder = names.reduce((part, name) => part[name] as Record<string, unknown>, body as Record<string, unknown>);
  const id = others.get(String(holder[last]))!;
  holder[last] = id;
  return { sent: body, id };
}
