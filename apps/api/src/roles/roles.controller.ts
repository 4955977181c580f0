import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, PlatformId } from '../http/caller.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import {
  type RoleCreateRequest,
  roleCreateRequest,
  type RoleListQuery,
  roleListQuery,
  rolePage,
  roleResponse,
  type RoleUpdateRequest,
  roleUpdateRequest,
} from './role.wire.js';
import { RolesService } from './roles.service.js';

@ApiTags('roles')
@Controller('v1/roles')
export class RolesController {
  constructor(
    private readonly roles: RolesService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('ROLE.VIEW')
  @ApiOkResponse({ standardSchema: rolePage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: roleListQuery }) query: RoleListQuery,
    @RequestUrl() url: URL,
  ) {
    return this.pages.cut(await this.roles.list(platformId, query), query, url);
  }

  @Post()
  @HttpCode(200)
  @RequiresPermission('ROLE.CREATE')
  @ApiOkResponse({ standardSchema: roleResponse })
  async create(@Caller() caller: Caller, @Body({ schema: roleCreateRequest }) body: RoleCreateRequest) {
    return this.roles.create(caller, body);
  }

  @Get(':resourceId')
  @RequiresPermission('ROLE.VIEW')
  @ApiOkResponse({ standardSchema: roleResponse })
  async get(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.roles.get(platformId, id);
  }

  @Patch(':resourceId')
  @RequiresPermission('ROLE.UPDATE')
  @ApiOkResponse({ standardSchema: roleResponse })
  async patch(
    @Caller() caller: Caller,
    @Param('resourceId') id: string,
    @Body({ schema: roleUpdateRequest }) body: RoleUpdateRequest,
  ) {
    return this.roles.patch(caller, id, body);
  }

  @Delete(':resourceId')
  @RequiresPermission('ROLE.DELETE')
  @ApiOkResponse({ standardSchema: roleResponse })
  async delete(@PlatformId() platformId: string, @Param('resourceId') id: string) {
    return this.roles.delete(platformId, id);
  }
}
