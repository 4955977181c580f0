import fc from 'fast-check';
import { create, given } from './given.js';
import { fuzzRequests, problemOf } from './fuzz-requests.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

/** `npm run fuzz` sets both, to look longer and to look again. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_124);
const MS_PER_RUN = 500;

describe(`nearly right requests (seed ${SEED})`, () => {
  let api: RunningApi;

  beforeAll(async () => (api = await startApi()), STARTING_MS);
  afterAll(() => api.stop());

  it(
    'never bring the API down: no 5xx, no hang, the envelope always, and every list still works',
    async () => {
      const document = (await api.call('GET', '/openapi.json')).body;
      const customer = await create(api, '/v1/customers', given.customer());
      const entity = await create(api, '/v1/billing-entities', given.billingEntity());
      const requests = fuzzRequests(document, [customer.id, entity.id]);
      const property = fc.asyncProperty(requests, async (request) => {
        const problem = await problemOf(api, request);
        if (problem !== null) throw new Error(problem);
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
      const lists = Object.keys(document.paths).filter(
        (path) => path.startsWith('/v1/') && !path.includes('{') && document.paths[path].get,
      );
      for (const path of lists) expect([path, await problemOf(api, get(path))]).toEqual([path, null]);
    },
    STARTING_MS + RUNS * MS_PER_RUN,
  );
});

const get = (path: string) => ({ method: 'GET', path, body: undefined, headers: {} });
