import { type RunningApi, startApi } from './start-api.js';

describe('guides', () => {
  let api: RunningApi;
  let page: string;

  const get = (path: string) => fetch(`${api.url}${path}`);

  beforeAll(async () => {
    api = await startApi();
    page = await (await get('/llms.txt')).text();
  });
  afterAll(() => api.stop());

  it('are led to by a page for programs, which needs no key', async () => {
    const answer = await get('/llms.txt');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(page).toMatch(/^# Billing Workflows\n\n> /);
    expect(page).toContain('\n## Optional\n');
  });

  it('are there wherever that page leads to', async () => {
    const paths = [...page.matchAll(/\]\((.*?)\)/g)].map(([, path]) => path!);
    expect(paths).toEqual(expect.arrayContaining(['/openapi.json', '/docs', '/docs/tour.md', '/docs/integrating.md']));
    const answers = await Promise.all(paths.map(async (path) => [path, (await get(path)).status]));
    expect(answers).toEqual(paths.map((path) => [path, 200]));
    expect((await get('/docs/tour.md')).headers.get('content-type')).toBe('text/markdown; charset=utf-8');
  });

  it('name no operation that is not served', async () => {
    const { paths } = (await (await get('/openapi.json')).json()) as { paths: Record<string, Record<string, unknown>> };
    const shape = (path: string) => path.replaceAll(/\{.*?\}/g, '{}');
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${shape(path)}`),
    );
    const named = [...page.matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/v1\/[a-z/{}_-]+)/g)];
    expect(named.length).toBeGreaterThan(10);
    expect(served).toEqual(expect.arrayContaining(named.map(([, method, path]) => `${method} ${shape(path!)}`)));
  });
});
