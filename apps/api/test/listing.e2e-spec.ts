import fc from 'fast-check';
import { create, given } from './given.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

describe('lists', () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  /** A platform of its own with these customers, so that no other test is in the way. */
  const platformWith = async (...customers: object[]) => {
    const { key } = await api.platform();
    const headers = { 'x-api-key': key };
    const post = (body: object) => api.call('POST', '/v1/customers', body, headers);
    const made: string[] = [];
    for (const customer of customers) made.push((await post(given.customer(customer))).body.id);
    return {
      ids: made,
      add: async () => (await post(given.customer())).body.id as string,
      get: (path: string) => api.call('GET', path, undefined, headers),
      search: (body: object, query = '') => api.call('POST', `/v1/customers/search${query}`, body, headers),
    };
  };
  const references = (answer: { body: { data: { reference: string }[] } }) =>
    answer.body.data.map((row) => row.reference);
  const named = (...names: string[]) => names.map((reference) => ({ reference }));

  describe('paging', () => {
    it('starts with the newest, states the page and links to the next with a cursor', async () => {
      const platform = await platformWith(...named('a', 'b', 'c'));
      const answer = await platform.get('/v1/customers?limit=2');
      expect(references(answer)).toEqual(['c', 'b']);
      expect(answer.body).toMatchObject({ page: 1, limit: 2, total_number_of_pages: null });
      const { first, previous, current, next } = answer.body.links;
      expect([first, current]).toEqual(Array(2).fill(`${api.url}/v1/customers?limit=2&page=1`));
      expect(previous).toBeNull();
      expect(new URL(next).searchParams.get('cursor')).toEqual(expect.any(String));
      const second = await platform.get(next.slice(api.url.length));
      expect(references(second)).toEqual(['a']);
      expect(second.body.page).toBe(2);
      expect(second.body.links).toMatchObject({
        next: null,
        previous: expect.stringContaining('page=1'),
        current: next,
      });
    });

    it('takes a page number without a cursor, and has nothing beyond the end', async () => {
      const platform = await platformWith(...named('a', 'b', 'c'));
      expect(references(await platform.get('/v1/customers?limit=2&page=2'))).toEqual(['a']);
      const beyond = await platform.get('/v1/customers?page=1000000');
      expect(beyond.body).toMatchObject({ data: [], links: { next: null } });
    });

    it('has pages of 50, and of 200 at most', async () => {
      const platform = await platformWith();
      expect((await platform.get('/v1/customers')).body.limit).toBe(50);
      expect((await platform.get('/v1/customers?limit=100000')).body.limit).toBe(200);
    });

    it.each([
      'page=0',
      'page=x',
      'limit=0',
      'limit=-1',
      'limit=1.5',
      'limit=',
      'page=1&page=2',
      'order_by=nonsense',
      'order_direction=up',
    ])('refuses %s', async (query) => {
      const answer = await api.call('GET', `/v1/customers?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field: query.split('=')[0] });
    });

    it('refuses a cursor that it did not write for this order', async () => {
      const platform = await platformWith(...named('a', 'b'));
      const next = new URL((await platform.get('/v1/customers?limit=1')).body.links.next);
      const cursor = next.searchParams.get('cursor')!;
      const forged = Buffer.from(JSON.stringify(['created_at', 'desc', `x'); DROP TABLE customer; --`, 'id'])).toString(
        'base64url',
      );
      for (const query of [
        `cursor=nonsense`,
        `cursor=${cursor}&order_by=email`,
        `cursor=${cursor}&order_direction=asc`,
        `cursor=${forged}`,
      ]) {
        const answer = await platform.get(`/v1/customers?${query}`);
        expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field: 'cursor' });
      }
    });

    it('repeats and skips nothing for whoever follows the links, while rows are added, in every order', async () => {
      const property = fc.asyncProperty(
        fc.array(
          fc.record({
            email: fc.constantFrom(undefined, 'a@x.example', 'b@x.example'),
            status: fc.constantFrom('ACTIVE', 'DRAFT'),
          }),
          { maxLength: 12 },
        ),
        fc.constantFrom('created_at', 'reference', 'email', 'status', 'updated_at'),
        fc.constantFrom('asc', 'desc'),
        fc.integer({ min: 1, max: 5 }),
        async (customers, order, direction, limit) => {
          const platform = await platformWith(...customers);
          const seen: string[] = [];
          let path = `/v1/customers?order_by=${order}&order_direction=${direction}&limit=${limit}`;
          for (let pages = 0; path !== '' && pages < 40; pages += 1) {
            const [{ body }] = await Promise.all([platform.get(path), pages < 3 ? platform.add() : null]);
            seen.push(...body.data.map((row: { id: string }) => row.id));
            path = body.links.next === null ? '' : body.links.next.slice(api.url.length);
          }
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen).toEqual(expect.arrayContaining(platform.ids));
        },
      );
      await fc.assert(property, { numRuns: 15 });
    }, 60_000);

    it(
      'builds its links on PUBLIC_URL where there is one',
      async () => {
        const proxied = await startApi({ PUBLIC_URL: 'https://billing.example/base/' });
        const answer = await proxied.call('GET', '/v1/customers');
        expect(answer.body.links.first).toMatch(/^https:\/\/billing\.example\/base\/v1\/customers\?/);
        await proxied.stop();
      },
      STARTING_MS,
    );
  });

  describe('ordering', () => {
    it('goes by the named field, the other way round on demand, and puts what is unset first', async () => {
      const platform = await platformWith(
        { reference: 'x', email: 'b@x.example' },
        { reference: 'y', email: undefined },
        { reference: 'z', email: 'a@x.example' },
      );
      expect(references(await platform.get('/v1/customers?order_by=email&order_direction=asc'))).toEqual([
        'y',
        'z',
        'x',
      ]);
      expect(references(await platform.get('/v1/customers?order_by=email'))).toEqual(['x', 'z', 'y']);
    });
  });

  describe('filters', () => {
    it('take one value, any of several, or a span of time', async () => {
      const platform = await platformWith(
        { reference: 'a', status: 'DRAFT' },
        { reference: 'b', status: 'ARCHIVED' },
        { reference: 'c' },
      );
      const list = async (query: string) =>
        references(await platform.get(`/v1/customers?order_by=reference&order_direction=asc&${query}`));
      expect(await list('reference=b')).toEqual(['b']);
      expect(await list('statuses[]=DRAFT')).toEqual(['a']);
      expect(await list('statuses[]=DRAFT&statuses[]=ARCHIVED')).toEqual(['a', 'b']);
      expect(await list('created_at=[2020-01-01T00:00:00Z,2020-02-01T00:00:00Z]')).toEqual([]);
      expect(await list('created_at=[2020-01-01T00:00:00Z,]')).toEqual(['a', 'b', 'c']);
      expect(await list('id=nobody')).toEqual([]);
    });

    it('find customers by a custom field', async () => {
      const platform = await platformWith(
        { reference: 'a', custom_fields: [{ reference: 'erp', value: '1' }] },
        { reference: 'b', custom_fields: [{ reference: 'erp', value: '2' }] },
      );
      expect(references(await platform.get('/v1/customers?custom_field=erp:2'))).toEqual(['b']);
      const search = { filter_fields: [{ name: 'custom_field', reference: 'erp', values: ['1', '3'] }] };
      expect(references(await platform.search(search))).toEqual(['a']);
    });

    it.each([
      ['statuses[]=GONE', 'statuses.0'],
      ['status=GONE', 'status'],
      ['created_at=yesterday', 'created_at'],
      ['created_at=[,]', 'created_at'],
      ['custom_field=nonsense', 'custom_field'],
      ['reference=%00', 'reference'],
    ])('refuse %s', async (query, field) => {
      const answer = await api.call('GET', `/v1/customers?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field });
    });

    it('never show another platform', async () => {
      const [one, two] = [await platformWith(...named('mine')), await platformWith(...named('yours'))];
      expect(references(await one.get('/v1/customers'))).toEqual(['mine']);
      expect(references(await two.search({ filter_fields: [{ name: 'id', value: one.ids[0] }] }))).toEqual([]);
    });
  });

  describe('searches', () => {
    it('find everything with an empty body', async () => {
      const platform = await platformWith(...named('a', 'b'));
      expect(references(await platform.search({}))).toEqual(['b', 'a']);
      expect(references(await platform.search({}, '?limit=1&order_by=reference&order_direction=asc'))).toEqual(['a']);
    });

    it('match whole texts, beginnings, ends, and letter case on demand', async () => {
      const platform = await platformWith(...named('Alpha-1', 'alpha-2', 'beta_1', 'betaX1'));
      const search = async (field: object) =>
        references(
          await platform.search(
            { search_fields: [{ name: 'reference', ...field }] },
            '?order_by=reference&order_direction=asc',
          ),
        );
      expect(await search({ value: 'alpha-2' })).toEqual(['alpha-2']);
      expect(await search({ value: 'alpha' })).toEqual([]);
      expect(await search({ value: 'alpha', wildcard_end: true })).toEqual(['alpha-2']);
      expect(await search({ value: 'ALPHA', wildcard_end: true, ignore_case: true })).toEqual(['Alpha-1', 'alpha-2']);
      expect(await search({ value: '-1', wildcard_start: true })).toEqual(['Alpha-1']);
      expect(await search({ value: 'beta_1' })).toEqual(['beta_1']);
      expect(await search({ value: 'a_1', wildcard_start: true })).toEqual(['beta_1']);
      expect(await search({ value: '%', wildcard_start: true })).toEqual([]);
    });

    it('look into every text field when none is named, and need all parts to hold', async () => {
      const platform = await platformWith(
        { reference: 'a', email: 'x@acme.example', status: 'DRAFT' },
        { reference: 'b', organization: { legal_name: 'The Acme Corporation' } },
        { reference: 'c', organization: { legal_name: 'Globex' } },
      );
      const acme = { value: 'acme', wildcard_start: true, wildcard_end: true, ignore_case: true };
      expect(references(await platform.search({ search_fields: [acme] }))).toEqual(['b', 'a']);
      const both = { search_fields: [acme], filter_fields: [{ name: 'status', values: ['DRAFT', 'CLOSED'] }] };
      expect(references(await platform.search(both))).toEqual(['a']);
    });

    it.each([
      ['an unknown search field', { search_fields: [{ name: 'nonsense', value: 'x' }] }, 'search_fields.0.name'],
      ['an unknown filter field', { filter_fields: [{ name: 'nonsense', value: 'x' }] }, 'filter_fields.0.name'],
      [
        'value and values together',
        { filter_fields: [{ name: 'id', value: 'x', values: ['y'] }] },
        'filter_fields.0.values',
      ],
      [
        'a value that the field cannot have',
        { filter_fields: [{ name: 'status', values: ['DRAFT', 'GONE'] }] },
        'filter_fields.0.values.1',
      ],
      ['no instant', { filter_fields: [{ name: 'created_at', value: 'now' }] }, 'filter_fields.0.value'],
      ['selection rules', { selection_rule_fields: [{ name: 'x' }] }, 'selection_rule_fields'],
    ])('refuse %s', async (_what, body, field) => {
      const answer = await api.call('POST', '/v1/customers/search', body);
      expect(answer.body).toMatchObject({ code: 'INVALID_FIELD', field });
      expect(answer.status).toBe(400);
    });

    it('need a value to filter by', async () => {
      const answer = await api.call('POST', '/v1/customers/search', { filter_fields: [{ name: 'id' }] });
      expect(answer.body).toMatchObject({ code: 'MISSING_FIELD', field: 'filter_fields.0.value' });
    });

    it('take hostile text for text', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
          async (value) => {
            const answer = await api.call('POST', '/v1/customers/search', {
              search_fields: [{ value, wildcard_start: true, ignore_case: true }],
              filter_fields: [{ name: 'reference', value }],
            });
            expect(answer.status).toBe(200);
          },
        ),
        { numRuns: 30 },
      );
    }, 60_000);
  });

  it('are not disturbed by what is deleted', async () => {
    const { id: customer_id } = await create(api, '/v1/customers', given.customer());
    const contact = await create(api, '/v1/contacts', given.contact(customer_id));
    await api.call('DELETE', `/v1/contacts/${contact.id}`);
    expect((await api.call('GET', `/v1/contacts?id=${contact.id}`)).body.data).toEqual([]);
  });
});
