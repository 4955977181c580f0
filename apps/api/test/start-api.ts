import { type AddressInfo } from 'node:net';
import { type ApiConfig, apiConfig } from '../src/api.config.js';
import { createApi } from '../src/create-api.js';
import { openApiDocument } from '../src/http/openapi-document.js';
import { createPlatform } from '../src/platforms/platform-keys.js';
import { Database } from '#database/database';
import { randomAlphanumerics } from '#kernel/ids';
import { createTestDatabase } from '#testing/test-database';
import { DescribedAnswers } from './described-answers.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** The parsed body; null when there is none. */
  body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- a test reads whatever the API answers
}

export interface RunningApi {
  url: string;
  databaseUrl: string;
  database: Database;
  /** The platform of `key`, an administrator key. */
  platformId: string;
  key: string;
  config: ApiConfig;
  /**
   * Sends JSON with the administrator key. Header values of '' are left out. Fails when the answer is none that the API's own
   * OpenAPI document has for the operation.
   */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A further platform with its administrator key. */
  platform: () => Promise<{ platformId: string; key: string }>;
  stop(): Promise<void>;
}

/** How long a hook may take that starts an API (milliseconds): on a busy machine loading the program takes its time. */
export const STARTING_MS = 60_000;

/** The whole API on a free port, over a database of its own. */
export async function startApi(settings: Partial<Record<keyof ApiConfig, string>> = {}): Promise<RunningApi> {
  const test = await createTestDatabase();
  const databaseUrl = test.url;
  const environment = { DATABASE_URL: databaseUrl, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'fatal', ...settings };
  const config = apiConfig.parse(environment);
  const app = await createApi(config);
  await app.listen(config.PORT, config.HOST);
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const database = new Database({ url: databaseUrl, connections: 4 });
  const platform = async () => {
    const key = `sk_${randomAlphanumerics(40)}`;
    return { platformId: await createPlatform(database, `Test ${randomAlphanumerics(8)}`, key), key };
  };
  const own = await platform();
  const described = new DescribedAnswers(openApiDocument(app));
  return {
    url,
    databaseUrl,
    database,
    config,
    ...own,
    platform,
    async call(method, path, body, headers = {}) {
      const answer = await send(`${url}${path}`, method, body, { 'x-api-key': own.key, ...headers });
      described.check(method, path, { ...answer, contentType: answer.headers.get('content-type') });
      return answer;
    },
    async stop() {
      await app.close();
      await database.close();
      await test.drop();
    },
  };
}

async function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const stated = Object.fromEntries(Object.entries({ ...json, ...headers }).filter(([, value]) => value !== ''));
  const response = await fetch(url, {
    method,
    headers: stated,
    redirect: 'manual',
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text || null };
}
