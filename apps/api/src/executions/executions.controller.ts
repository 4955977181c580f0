import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { searchRequest, type SearchRequest } from '../http/listing-search.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { executionContent } from './execution-content.wire.js';
import { executionListing } from './execution.listing.js';
import { executionPage, executionResponse, toWire } from './execution.wire.js';
import { ExecutionsService } from './executions.service.js';

@ApiTags('workflowActionExecutions')
@Controller('v1/workflow-action-executions')
export class ExecutionsController {
  constructor(private readonly service: ExecutionsService) {}

  @Get()
  @ApiOperation({ summary: 'Get all workflow action executions' })
  @RequiresPermission('WORKFLOW_ACTION_EXECUTION.VIEW')
  @ApiOkResponse({ standardSchema: executionPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: executionListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const page = await this.service.list(platformId, query, url);
    return { ...page, data: page.data.map(toWire) };
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Search workflow action executions' })
  @RequiresPermission('WORKFLOW_ACTION_EXECUTION.VIEW')
  @ApiOkResponse({ standardSchema: executionPage })
  async search(
    @PlatformId() platformId: string,
    @Query({ schema: executionListing.searchQuery }) query: ListQuery,
    @Body({ schema: searchRequest }) search: SearchRequest,
    @RequestUrl() url: URL,
  ) {
    const page = await this.service.list(platformId, query, url, search);
    return { ...page, data: page.data.map(toWire) };
  }

  @Get(':resourceId')
  @ApiOperation({ summary: 'Get workflow action execution by ID' })
  @RequiresPermission('WORKFLOW_ACTION_EXECUTION.VIEW')
  @ApiOkResponse({ standardSchema: executionResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.service.get(platformId, id));
  }

  @Get(':resourceId/content')
  @ApiOperation({ summary: 'Get the mail of an execution as it was sent' })
  @RequiresPermission('WORKFLOW_ACTION_EXECUTION.VIEW')
  @ApiOkResponse({ standardSchema: executionContent })
  content(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.service.content(platformId, id);
  }

  @Post(':resourceId/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try a FAILED or SKIPPED execution again' })
  @RequiresPermission('WORKFLOW_ACTION_EXECUTION.RETRY')
  @ApiOkResponse({ standardSchema: executionResponse })
  async retry(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return toWire(await this.service.retry(platformId, id));
  }
}
