import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Client } from 'pg';
import { type Listing } from '#api/http/listing';
import { openApiDocument } from '#api/http/openapi-document';
import { Pages } from '#api/http/pages';
import { type Ask, listAsks, lookUpAsks, searchAsks } from './asks.js';
import { type Sent, type SentStatements } from './sent-statements.js';

export interface Caller {
  key: string;
  platformId: string;
}

/** The API with one caller, and what it says to PostgreSQL. */
export class AskedApi {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly url: string,
    private readonly sent: SentStatements,
    readonly caller: Caller,
  ) {}

  async ask({ method, path, query = {}, body }: Ask): Promise<{ statements: Sent[]; refusal: string | null }> {
    const headers = { 'x-api-key': this.caller.key, ...(body ? { 'content-type': 'application/json' } : {}) };
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as [string, string])),
    );
    const url = `${this.url}${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
    let refusal: string | null = null;
    const statements = await this.sent.during(async () => {
      const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
      const text = await answer.text();
      if (answer.status >= 400 && answer.status !== 404) refusal = `${answer.status} ${text}`;
    });
    return { statements, refusal };
  }

  /** What a list is made of; null for what is no list of this kind. */
  async listingOf(ask: Omit<Ask, 'what'>): Promise<Listing | null> {
    const pages = this.app.get(Pages);
    let listing: Listing | null = null;
    pages.read = (read, request) => {
      listing = read;
      return Pages.prototype.read.call(pages, read, request) as never;
    };
    await this.ask({ what: '', ...ask });
    delete (pages as Partial<Pages>).read;
    return listing;
  }
}

/** All that the operations of the API can be asked, from their own document and the listings that they read. */
export async function asksOf(app: NestFastifyApplication, api: AskedApi, client: Client) {
  const { paths } = openApiDocument(app);
  const { platformId } = api.caller;
  const all: { operation: string; asks: Ask[] }[] = [];
  const collections = new Map<string, Listing>();
  for (const path of Object.keys(paths).filter((one) => paths[one]?.get && !one.includes('{'))) {
    const listing = await api.listingOf({ method: 'GET', path });
    if (!listing) continue;
    collections.set(path, listing);
    all.push({ operation: `GET ${path}`, asks: await listAsks(client, platformId, path, listing) });
  }
  for (const [collection, listing] of collections) {
    const search = `${collection}/search`;
    if (paths[search]?.post) {
      const found = await api.listingOf({ method: 'POST', path: search, body: {} });
      const asks = found ? await searchAsks(client, platformId, search, found) : [];
      if (asks.length > 0) all.push({ operation: `POST ${search}`, asks });
    }
    for (const path of Object.keys(paths).filter((one) => one.startsWith(`${collection}/{`) && paths[one]?.get)) {
      const patchable = paths[path]?.patch !== undefined;
      all.push({ operation: `GET ${path}`, asks: await lookUpAsks(client, platformId, { path, patchable }, listing) });
    }
  }
  return all;
}
