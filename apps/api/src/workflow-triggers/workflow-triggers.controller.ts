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
  @ApiOperation({ summary: 'Get all workflow triggers' })
  @RequiresPermission('WORKFLOW_TRIGGER.VIEW')
  @ApiOkResponse({ standardSchema: workflowTriggerPage })
  list(
    @PlatformId() platformId: string,
    @Query({ schema: workflowTriggerListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.service.list(platformId, query, url);
  }

  @Post()
  @ApiOperation({ summary: 'Create a workflow trigger' })
  @RequiresPermission('WORKFLOW_TRIGGER.CREATE')
  @ApiCreatedResponse({ standardSchema: workflowTriggerResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: workflowTriggerCreateRequest }) body: WorkflowTriggerCreateRequest,
  ) {
    return toWire(await this.service.create(platformId, body));
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Search workflow triggers' })
  @RequiresPermission('WORKFLOW_TRIGGER.VIEW')
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
  @ApiOperation({ summary: 'Get workflow trigger by ID' })
  @RequiresPermission('WORKFLOW_TRIGGER.VIEW')
  @ApiOkResponse({ standardSchema: workflowTriggerResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.service.get(platformId, id));
  }
}
