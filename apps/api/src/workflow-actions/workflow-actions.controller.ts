import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { z } from 'zod';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { type PageLinks } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { workflowActionListing } from './workflow-action.listing.js';
import {
  toWire,
  type WorkflowActionCreateRequest,
  workflowActionCreateRequest,
  workflowActionResponse,
  type WorkflowActionUpdateRequest,
  workflowActionUpdateRequest,
} from './workflow-action.wire.js';
import { WorkflowActionsService } from './workflow-actions.service.js';

@ApiTags('workflowActions')
@Controller('v1/workflow-actions')
export class WorkflowActionsController {
  constructor(private readonly service: WorkflowActionsService) {}

  /** A bare array, as the contract has it: the pages are in the headers. */
  @Get()
  @ApiOperation({ summary: 'Get all workflow actions' })
  @RequiresPermission('WORKFLOW_ACTION.VIEW')
  @ApiOkResponse({ standardSchema: z.array(workflowActionResponse) })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: workflowActionListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { page, total } = await this.service.list(platformId, query, url);
    reply.header('Link', linkHeader(page.links));
    reply.header('X-Total-Count', String(total));
    return page.data;
  }

  @Post()
  @ApiOperation({ summary: 'Create a workflow action' })
  @RequiresPermission('WORKFLOW_ACTION.CREATE')
  @ApiCreatedResponse({ standardSchema: workflowActionResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: workflowActionCreateRequest }) body: WorkflowActionCreateRequest,
  ) {
    return toWire(await this.service.create(platformId, body));
  }

  @Get(':resourceId')
  @ApiOperation({ summary: 'Get workflow action by ID' })
  @RequiresPermission('WORKFLOW_ACTION.VIEW')
  @ApiOkResponse({ standardSchema: workflowActionResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.service.get(platformId, id));
  }

  @Patch(':resourceId')
  @ApiOperation({ summary: 'Update a workflow action by ID' })
  @RequiresPermission('WORKFLOW_ACTION.UPDATE')
  @ApiOkResponse({ standardSchema: workflowActionResponse })
  async change(
    @PlatformId() platformId: string,
    @Param('resourceId') id: string,
    @Body({ schema: workflowActionUpdateRequest }) patch: WorkflowActionUpdateRequest,
  ) {
    return toWire(await this.service.change(platformId, id, patch));
  }

  @Delete(':resourceId')
  @ApiOperation({ summary: 'Delete a workflow action by ID' })
  @RequiresPermission('WORKFLOW_ACTION.DELETE')
  @ApiOkResponse({ standardSchema: workflowActionResponse })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.service.delete(platformId, id));
  }
}

/** RFC 8288, with the relations of the contract's `links`. */
function linkHeader({ first, previous, next }: PageLinks): string {
  const relations = [
    ['first', first],
    ['prev', previous],
    ['next', next],
  ] as const;
  return relations.flatMap(([rel, url]) => (url === null ? [] : [`<${url}>; rel="${rel}"`])).join(', ');
}
