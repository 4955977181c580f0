import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { searchRequest, type SearchRequest } from '../http/listing-search.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { workflowTriggerListing } from './workflow-trigger.listing.js';
import {
  toWire,
  type WorkflowTriggerCreateRequest,
  workflowTriggerCreateRequest,
  workflowTriggerPage,
  workflowTriggerResponse,
} from './workflow-trigger.wire.js';
import { WorkflowTriggersService } from './workflow-triggers.service.js';

@ApiTags('workflowTriggers')
@Controller('v1/workflow-triggers')
export class WorkflowTriggersController {
  constructor(private readonly service: WorkflowTriggersService) {}

  @Get()
  @RequiresPermission('WORKFLOW_TRIGGER.VIEW')
  @ApiOperation({ summary: 'Get all workflow triggers' })
  @ApiOkResponse({ standardSchema: workflowTriggerPage })
  list(
    @PlatformId() platformId: string,
    @Query({ schema: workflowTriggerListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.service.list(platformId, query, url);
  }

  @Post()
  @RequiresPermission('WORKFLOW_TRIGGER.CREATE')
  @ApiOperation({ summary: 'Create a workflow trigger' })
  @ApiCreatedResponse({ standardSchema: workflowTriggerResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: workflowTriggerCreateRequest }) body: WorkflowTriggerCreateRequest,
  ) {
    return toWire(await this.service.create(platformId, body));
  }

  @Post('search')
  @HttpCode(200)
  @RequiresPermission('WORKFLOW_TRIGGER.VIEW')
  @ApiOperation({ summary: 'Search workflow triggers' })
  @ApiOkResponse({ standardSchema: workflowTriggerPage })
  search(
    @PlatformId() platformId: string,
    @Query({ schema: workflowTriggerListing.searchQuery }) query: ListQuery,
    @Body({ schema: searchRequest }) search: SearchRequest,
    @RequestUrl() url: URL,
  ) {
    return this.service.list(platformId, query, url, search);
  }

  @Get(':resourceId')
  @RequiresPermission('WORKFLOW_TRIGGER.VIEW')
  @ApiOperation({ summary: 'Get workflow trigger by ID' })
  @ApiOkResponse({ standardSchema: workflowTriggerResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.service.get(platformId, id));
  }
}
