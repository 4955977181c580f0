import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { searchRequest, type SearchRequest } from '../http/listing-search.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { workflowListing } from './workflow.listing.js';
import {
  toWire,
  type WorkflowCreateRequest,
  workflowCreateRequest,
  workflowPage,
  workflowResponse,
  type WorkflowUpdateRequest,
  workflowUpdateRequest,
} from './workflow.wire.js';
import { WorkflowsService } from './workflows.service.js';

@ApiTags('workflows')
@Controller('v1/workflows')
export class WorkflowsController {
  constructor(private readonly service: WorkflowsService) {}

  @Get()
  @ApiOperation({ summary: 'Get all workflows' })
  @RequiresPermission('WORKFLOW.VIEW')
  @ApiOkResponse({ standardSchema: workflowPage })
  list(
    @PlatformId() platformId: string,
    @Query({ schema: workflowListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.service.list(platformId, query, url);
  }

  @Post()
  @ApiOperation({ summary: 'Create a workflow' })
  @RequiresPermission('WORKFLOW.CREATE')
  @ApiCreatedResponse({ standardSchema: workflowResponse })
  async create(@PlatformId() platformId: string, @Body({ schema: workflowCreateRequest }) body: WorkflowCreateRequest) {
    return toWire(await this.service.create(platformId, body));
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Search workflows' })
  @RequiresPermission('WORKFLOW.VIEW')
  @ApiOkResponse({ standardSchema: workflowPage })
  search(
    @PlatformId() platformId: string,
    @Query({ schema: workflowListing.searchQuery }) query: ListQuery,
    @Body({ schema: searchRequest }) search: SearchRequest,
    @RequestUrl() url: URL,
  ) {
    return this.service.list(platformId, query, url, search);
  }

  @Get(':resourceIdOrReference')
  @ApiOperation({ summary: 'Get workflow by ID or reference' })
  @RequiresPermission('WORKFLOW.VIEW')
  @ApiOkResponse({ standardSchema: workflowResponse })
  async get(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.service.get(platformId, idOrReference));
  }

  @Patch(':resourceIdOrReference')
  @ApiOperation({ summary: 'Update a workflow by ID or reference' })
  @RequiresPermission('WORKFLOW.UPDATE')
  @ApiOkResponse({ standardSchema: workflowResponse })
  async change(
    @PlatformId() platformId: string,
    @Param('resourceIdOrReference') idOrReference: string,
    @Body({ schema: workflowUpdateRequest }) patch: WorkflowUpdateRequest,
  ) {
    return toWire(await this.service.change(platformId, idOrReference, patch));
  }

  @Post(':resourceIdOrReference/activate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Activate a workflow' })
  @RequiresPermission('WORKFLOW.UPDATE')
  @ApiOkResponse({ standardSchema: workflowResponse })
  async activate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.service.setStatus(platformId, idOrReference, 'ACTIVE'));
  }

  @Post(':resourceIdOrReference/deactivate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Deactivate a workflow' })
  @RequiresPermission('WORKFLOW.UPDATE')
  @ApiOkResponse({ standardSchema: workflowResponse })
  async deactivate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.service.setStatus(platformId, idOrReference, 'INACTIVE'));
  }

  @Post(':resourceIdOrReference/archive')
  @HttpCode(200)
  @ApiOperation({ summary: 'Archive a workflow' })
  @RequiresPermission('WORKFLOW.UPDATE')
  @ApiOkResponse({ standardSchema: workflowResponse })
  async archive(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.service.setStatus(platformId, idOrReference, 'ARCHIVED'));
  }
}
