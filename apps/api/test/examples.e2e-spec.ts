import { type OpenAPIObject } from '@nestjs/swagger';
import { createUser } from '../src/access/user.js';
import { type Chapter, EXAMPLE_IDS, type OperationText } from '../src/documentation/chapter.js';
import { CHAPTERS } from '../src/documentation/chapters.js';
import { DescribedAnswers } from './described-answers.js';
import { type RunningApi, startApi, STARTING_MS } from './start-api.js';

interface Example {
  chapter: Chapter;
  /** `POST /v1/contacts` */
  name: string;
  text: OperationText;
}

/** What others point at comes first; all others follow in the order of their chapters. */
const FIRST = [
  'POST /v1/customers',
  'POST /v1/billing-entities',
  'POST /v1/payment-acceptors',
  'POST /v1/integrations',
  'POST /v1/workflows',
  'POST /v1/workflow-actions',
  'POST /v1/invoices',
  'PATCH /v1/invoices/{resourceId}',
  'POST /v1/workflow-triggers',
  'POST /v1/pricing-plan-subscriptions',
  'POST /v1/pricing-plan-schedules',
  'POST /v1/wallet-types',
  'POST /v1/wallets',
];

const EXAMPLES: Example[] = CHAPTERS.flatMap((chapter) =>
  Object.entries(chapter.operations).map(([name, text]) => ({ chapter, name, text })),
).sort((a, b) => rank(a.name) - rank(b.name));

function rank(name: string): number {
  const place = FIRST.indexOf(name);
  if (place >= 0) return place;
  return name.startsWith('POST') && !name.includes('{') ? FIRST.length : FIRST.length + 1;
}

describe('the examples of the OpenAPI document', () => {
  let api: RunningApi;
  let document: OpenAPIObject;
  /** The ids that this API gave, by the ids in the examples. */
  const given = new Map<string, string>();

  beforeAll(async () => {
    api = await startApi({ ENCRYPTION_KEY: 'a key for examples of at least 32 characters' });
    document = (await (await fetch(`${api.url}/openapi.json`)).json()) as OpenAPIObject;
    given.set(EXAMPLE_IDS.platform, api.platformId);
    const user = { username: 'ada@example.com', password: 'correct-horse-Battery-9' };
    await createUser(api.database, { platform: api.platformId, roles: ['Administrator'], ...user });
  }, STARTING_MS);
  afterAll(() => api.stop());

  const withGivenIds = (text: string) =>
    [...given].reduce((all, [example, real]) => all.replaceAll(example, real), text);

  it.each(EXAMPLES.filter(({ text }) => text.body))(
    '$name is accepted when pasted',
    async ({ name, chapter, text }) => {
      const [method, template] = name.split(' ') as [string, string];
      const ownId = typeof chapter.example?.id === 'string' ? chapter.example.id : '';
      const path = withGivenIds(template.replace(/\{.*?\}/, ownId));
      const answer = await api.call(method, path, withGivenIds(JSON.stringify(text.body)));
      expect(answer.status < 300 ? null : answer.body).toBeNull();
      if (method === 'POST' && !given.has(ownId) && typeof answer.body.id === 'string')
        given.set(ownId, answer.body.id);
    },
  );

  it('every operation with a body has one', () => {
    const without = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { requestBody?: { content: Record<string, { example?: unknown }> } }>)
        .filter(([, operation]) => operation.requestBody?.content['application/json']?.example === undefined)
        .filter(([, operation]) => operation.requestBody !== undefined)
        .map(([method]) => `${method} ${path}`),
    );
    expect(without).toEqual([]);
  });

  it('every answer in JSON has one, and it is as its schema says', () => {
    const described = new DescribedAnswers(document);
    const without: string[] = [];
    for (const { method, path, status, content } of answersOf(document)) {
      if (content.example === undefined) without.push(`${method} ${path}`);
      else described.check(method, path, { status, contentType: 'application/json', body: content.example });
    }
    expect(without).toEqual([]);
  });

  it('an example shows no field that reading the resource would not', async () => {
    for (const { example } of CHAPTERS) {
      const id = given.get(String(example?.id));
      const path = CHAPTERS.find((chapter) => chapter.example === example);
      const read = Object.keys(path?.operations ?? {}).find((name) => /^GET [^{]*\{\w+\}$/.test(name));
      if (!example || !id || !read) continue;
      const answer = await api.call('GET', read.replace('GET ', '').replace(/\{.*\}/, id));
      const fields = Object.keys(answer.body as object);
      expect({ read, fields }).toEqual({ read, fields: expect.arrayContaining(Object.keys(example)) });
    }
  });
});

/** Every success in JSON. */
function answersOf(document: OpenAPIObject) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(
      item as Record<string, { responses: Record<string, { content?: Record<string, Content> }> }>,
    ).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content }]) => {
        const json = content?.['application/json'];
        const success = Number(status) < 300 && path.startsWith('/v1/');
        return json && success ? [{ method: method.toUpperCase(), path, status: Number(status), content: json }] : [];
      }),
    ),
  );
}

interface Content {
  example?: unknown;
}
