import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, Prisma } from '#database/database';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { type Listing, type ListingField, type ListQuery, MAX_LIMIT } from './listing.js';
import { orderExpression, queryConditions, searchConditions, typed } from './listing-conditions.js';
import { readCursor, writeCursor } from './listing-cursor.js';
import { type SearchRequest } from './listing-search.js';

const ORDER_BY = 'created_at';

export interface PageRequest<Row> {
  platformId: string;
  query: ListQuery;
  /** From `@RequestUrl()`. */
  url: URL;
  /** Body of a search. */
  search?: SearchRequest;
  /** Conditions that no field of the listing can say. Columns are unqualified. */
  where?: Prisma.Sql[];
  /** The rows of these ids, in any order; ids that are gone meanwhile may be missing. */
  load: (ids: string[]) => Promise<Row[]>;
}

export interface PageLinks {
  first: string;
  previous: string | null;
  current: string;
  next: string | null;
}

export interface Page<Row> {
  data: Row[];
  page: number;
  limit: number;
  links: PageLinks;
  /** The contract has given it up. */
  total_number_of_pages: null;
}

const link = z.string().nullable();

/** Schema of a page of `item`. @param id its name in the document. */
export function pageOf(item: z.ZodType, id: string) {
  const links = z
    .object({ first: link, previous: link, current: link, next: link })
    .partial()
    .meta({ id: 'PaginationLinks' });
  return z
    .object({
      data: z.array(item),
      page: z.int().nullish(),
      limit: z.int().nullish(),
      total_number_of_pages: z.int().nullish().describe('Not supported: always null.'),
      links,
    })
    .meta({ id });
}

/** Reads one page of any listing, of one platform and in a total order (the id decides between equals). */
@Injectable()
export class Pages {
  constructor(
    private readonly database: Database,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** @throws DomainError INVALID_FIELD for a cursor of another list and for search fields that the listing lacks. */
  async read<Row extends { id: string }>(listing: Listing, request: PageRequest<Row>): Promise<Page<Row>> {
    const { query, url } = request;
    const limit = Math.min(query.limit, MAX_LIMIT);
    const keys = await this.keys(listing, request, limit + 1);
    const last = keys.length > limit ? keys[limit - 1] : undefined;
    const ids = keys.slice(0, limit).map(({ id }) => id);
    const rows = new Map((ids.length > 0 ? await request.load(ids) : []).map((row) => [row.id, row]));
    const orderBy = query.order_by ?? ORDER_BY;
    const cursor = last && writeCursor({ orderBy, direction: query.order_direction, ...last });
    return {
      data: ids.flatMap((id) => rows.get(id) ?? []),
      page: query.page,
      limit,
      links: this.links(url, query.page, limit, cursor),
      total_number_of_pages: null,
    };
  }

  /** A page of rows that are all at hand and in order. */
  cut<Row>(rows: Row[], { page, limit: asked }: { page: number; limit: number }, url: URL): Page<Row> {
    const limit = Math.min(asked, MAX_LIMIT);
    const links = this.links(url, page, limit, undefined);
    const further = new URL(links.current);
    further.searchParams.set('page', String(page + 1));
    return {
      data: rows.slice((page - 1) * limit, page * limit),
      page,
      limit,
      links: { ...links, next: rows.length > page * limit ? further.href : null },
      total_number_of_pages: null,
    };
  }

  /** How many rows the list has in all. */
  async count(listing: Listing, { platformId, query, search, where }: Omit<PageRequest<never>, 'load' | 'url'>) {
    const conditions = this.conditions(listing, platformId, query, search, where);
    const [row] = await this.database.client.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS count FROM ${Prisma.raw(`"${listing.table}"`)} WHERE ${conditions}`;
    return Number(row?.count ?? 0);
  }

  private async keys<Row>(listing: Listing, request: PageRequest<Row>, count: number) {
    const { platformId, query, search, where } = request;
    const name = query.order_by ?? ORDER_BY;
    const field = fieldOf(listing, name);
    const order = orderExpression(field);
    const direction = Prisma.raw(query.order_direction === 'asc' ? 'ASC' : 'DESC');
    const from = query.cursor === undefined ? null : readCursor(query.cursor, name, query.order_direction, field.kind);
    const comparison = Prisma.raw(query.order_direction === 'asc' ? '>' : '<');
    const after = from
      ? Prisma.sql`(${order}, id) ${comparison} (${typed(field.kind, from.value)}, ${from.id})`
      : Prisma.sql`true`;
    const skipped = from ? 0 : (query.page - 1) * Math.min(query.limit, MAX_LIMIT);
    return this.database.client.$queryRaw<{ id: string; value: string }[]>`
      SELECT id, (${order})::text AS value
        FROM ${Prisma.raw(`"${listing.table}"`)}
       WHERE ${this.conditions(listing, platformId, query, search, where)} AND ${after}
       ORDER BY ${order} ${direction}, id ${direction}
       LIMIT ${count} OFFSET ${skipped}`;
  }

  private conditions(
    listing: Listing,
    platformId: string,
    query: ListQuery,
    search: SearchRequest = {},
    where: Prisma.Sql[] = [],
  ): Prisma.Sql {
    const alive = listing.softDeleted ? [Prisma.sql`deleted_at IS NULL`] : [];
    const asked = [...queryConditions(listing, query), ...searchConditions(listing, search)];
    return Prisma.join([Prisma.sql`platform_id = ${platformId}`, ...alive, ...where, ...asked], ' AND ');
  }

  private links(url: URL, page: number, limit: number, cursor: string | undefined): PageLinks {
    const base = new URL(`${this.config.PUBLIC_URL ?? url.origin}${url.pathname}${url.search}`);
    const to = (target: number, at: string | null): string => {
      const link = new URL(base);
      link.searchParams.set('page', String(target));
      link.searchParams.set('limit', String(limit));
      link.searchParams.delete('cursor');
      if (at !== null) link.searchParams.set('cursor', at);
      return link.href;
    };
    return {
      first: to(1, null),
      previous: page > 1 ? to(page - 1, null) : null,
      current: to(page, url.searchParams.get('cursor')),
      next: cursor === undefined ? null : to(page + 1, cursor),
    };
  }
}

function fieldOf(listing: Listing, name: string): ListingField {
  const field = listing.fields[name];
  if (!field) throw new Error(`The listing of ${listing.table} has no field ${name}.`);
  return field;
}
