import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { walletTypeListing } from './wallet-type.listing.js';
import {
  toWire,
  type WalletTypeCreateRequest,
  walletTypeCreateRequest,
  walletTypePage,
  walletTypeResponse,
  type WalletTypeUpdateRequest,
  walletTypeUpdateRequest,
} from './wallet-type.wire.js';
import { WalletTypesService } from './wallet-types.service.js';

@ApiTags('walletTypes')
@Controller('v1/wallet-types')
export class WalletTypesController {
  constructor(
    private readonly walletTypes: WalletTypesService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('WALLET_TYPE.VIEW')
  @ApiOkResponse({ standardSchema: walletTypePage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: walletTypeListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.walletTypes.byIds(platformId, ids)).map(toWire);
    return this.pages.read(walletTypeListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('WALLET_TYPE.CREATE')
  @ApiCreatedResponse({ standardSchema: walletTypeResponse })
  async create(
    @PlatformId() platformId: string,
    @Body({ schema: walletTypeCreateRequest }) body: WalletTypeCreateRequest,
  ) {
    return toWire(await this.walletTypes.create(platformId, body));
  }

  @Get(':resourceIdOrReference')
  @RequiresPermission('WALLET_TYPE.VIEW')
  @ApiOkResponse({ standardSchema: walletTypeResponse })
  async get(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.walletTypes.get(platformId, idOrReference));
  }

  @Patch(':resourceIdOrReference')
  @RequiresPermission('WALLET_TYPE.UPDATE')
  @ApiOkResponse({ standardSchema: walletTypeResponse })
  async patch(
    @PlatformId() platformId: string,
    @Param('resourceIdOrReference') idOrReference: string,
    @Body({ schema: walletTypeUpdateRequest }) body: WalletTypeUpdateRequest,
  ) {
    return toWire(await this.walletTypes.patch(platformId, idOrReference, body));
  }

  @Post(':resourceIdOrReference/activate')
  @HttpCode(200)
  @RequiresPermission('WALLET_TYPE.UPDATE')
  @ApiOkResponse({ standardSchema: walletTypeResponse })
  async activate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.walletTypes.setStatus(platformId, idOrReference, 'ACTIVE'));
  }

  @Post(':resourceIdOrReference/deactivate')
  @HttpCode(200)
  @RequiresPermission('WALLET_TYPE.UPDATE')
  @ApiOkResponse({ standardSchema: walletTypeResponse })
  async deactivate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.walletTypes.setStatus(platformId, idOrReference, 'INACTIVE'));
  }

  @Post(':resourceIdOrReference/deprecate')
  @HttpCode(200)
  @RequiresPermission('WALLET_TYPE.UPDATE')
  @ApiOkResponse({ standardSchema: walletTypeResponse })
  async deprecate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.walletTypes.setStatus(platformId, idOrReference, 'DEPRECATED'));
  }

  @Post(':resourceIdOrReference/archive')
  @HttpCode(200)
  @RequiresPermission('WALLET_TYPE.UPDATE')
  @ApiOkResponse({ standardSchema: walletTypeResponse })
  async archive(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.walletTypes.setStatus(platformId, idOrReference, 'ARCHIVED'));
  }
}
