import { Injectable } from '@nestjs/common';
import { type StoredMessage } from '#actions/prepared-mail';
import { Database } from '#database/database';
import { WakeSender } from '#database/wake';
import { DomainError } from '#kernel/errors';
import { retryExecution } from '#ledger/retry-execution';
import {
  type ExecutionWithAction,
  findExecutions,
  findPreparedParts,
} from '#workflows/data/workflow-action-execution.repository';
import { type ListQuery } from '../http/listing.js';
import { type SearchRequest } from '../http/listing-search.js';
import { type Page, Pages } from '../http/pages.js';
import { contentToWire } from './execution-content.wire.js';
import { executionListing } from './execution.listing.js';

const RESOURCE_TYPE = 'WORKFLOW_ACTION_EXECUTION';

@Injectable()
export class ExecutionsService {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
    private readonly wake: WakeSender,
  ) {}

  async get(platformId: string, id: string): Promise<ExecutionWithAction> {
    const [found] = await findExecutions(this.database.client, platformId, [id]);
    if (!found) throw DomainError.notFound(RESOURCE_TYPE, id);
    return found;
  }

  async list(
    platformId: string,
    query: ListQuery,
    url: URL,
    search?: SearchRequest,
  ): Promise<Page<ExecutionWithAction>> {
    const load = (ids: string[]) => findExecutions(this.database.client, platformId, ids);
    return this.pages.read(executionListing, { platformId, query, url, search, load });
  }

  async retry(platformId: string, id: string): Promise<ExecutionWithAction> {
    await this.database.transaction((tx) => retryExecution(tx, platformId, id));
    this.wake.wake();
    return this.get(platformId, id);
  }

  /** The mail of the last preparation, as it was or will be sent. */
  async content(platformId: string, id: string) {
    const execution = await this.get(platformId, id);
    const { message, html = '', text = '' } = await findPreparedParts(this.database.client, execution);
    if (message === undefined) throw nothingPrepared(execution);
    return contentToWire(JSON.parse(message) as StoredMessage, html, text);
  }
}

function nothingPrepared({ id, preparation, reasonMessage }: ExecutionWithAction): DomainError {
  const why =
    preparation > 0
      ? 'Its content was erased.'
      : `No mail was prepared for it${reasonMessage ? `: ${reasonMessage}` : ' yet.'}`;
  return new DomainError('RESOURCE_NOT_FOUND', `The execution ${id} has no content. ${why}`, {
    resourceType: RESOURCE_TYPE,
    resourceId: id,
    foundIn: 'path',
  });
}
