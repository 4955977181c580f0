import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PlatformId } from '../http/caller.js';
import { type ListQuery } from '../http/listing.js';
import { Pages } from '../http/pages.js';
import { RequiresPermission } from '../http/permissions.js';
import { RequestUrl } from '../http/request-url.js';
import { walletListing } from './wallet.listing.js';
import {
  type BalanceRequest,
  balanceRequest,
  balanceResponse,
  balanceToWire,
  toWire,
  type WalletCreateRequest,
  walletCreateRequest,
  walletPage,
  walletResponse,
} from './wallet.wire.js';
import { WalletsService } from './wallets.service.js';

@ApiTags('wallets')
@Controller('v1/wallets')
export class WalletsController {
  constructor(
    private readonly wallets: WalletsService,
    private readonly pages: Pages,
  ) {}

  @Get()
  @RequiresPermission('WALLET.VIEW')
  @ApiOkResponse({ standardSchema: walletPage })
  async list(
    @PlatformId() platformId: string,
    @Query({ schema: walletListing.query }) query: ListQuery,
    @RequestUrl() url: URL,
  ) {
    const load = async (ids: string[]) => (await this.wallets.byIds(platformId, ids)).map(toWire);
    return this.pages.read(walletListing, { platformId, query, url, load });
  }

  @Post()
  @RequiresPermission('WALLET.CREATE')
  @ApiCreatedResponse({ standardSchema: walletResponse })
  async create(@PlatformId() platformId: string, @Body({ schema: walletCreateRequest }) body: WalletCreateRequest) {
    return toWire(await this.wallets.create(platformId, body));
  }

  @Get(':resourceIdOrReference')
  @RequiresPermission('WALLET.VIEW')
  @ApiOkResponse({ standardSchema: walletResponse })
  async get(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.wallets.get(platformId, idOrReference));
  }

  @Post(':resourceIdOrReference/balance')
  @HttpCode(200)
  @RequiresPermission('WALLET.VIEW')
  @ApiOkResponse({ standardSchema: balanceResponse })
  async balance(
    @PlatformId() platformId: string,
    @Param('resourceIdOrReference') idOrReference: string,
    @Body({ schema: balanceRequest }) { balance_at: at }: BalanceRequest,
  ) {
    return balanceToWire(await this.wallets.balance(platformId, idOrReference, at === undefined ? at : new Date(at)));
  }

  @Post(':resourceIdOrReference/activate')
  @HttpCode(200)
  @RequiresPermission('WALLET.UPDATE')
  @ApiOkResponse({ standardSchema: walletResponse })
  async activate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.wallets.setStatus(platformId, idOrReference, 'ACTIVE'));
  }

  @Post(':resourceIdOrReference/deactivate')
  @HttpCode(200)
  @RequiresPermission('WALLET.UPDATE')
  @ApiOkResponse({ standardSchema: walletResponse })
  async deactivate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.wallets.setStatus(platformId, idOrReference, 'INACTIVE'));
  }

  @Post(':resourceIdOrReference/deprecate')
  @HttpCode(200)
  @RequiresPermission('WALLET.UPDATE')
  @ApiOkResponse({ standardSchema: walletResponse })
  async deprecate(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.wallets.setStatus(platformId, idOrReference, 'DEPRECATED'));
  }

  @Post(':resourceIdOrReference/archive')
  @HttpCode(200)
  @RequiresPermission('WALLET.UPDATE')
  @ApiOkResponse({ standardSchema: walletResponse })
  async archive(@PlatformId() platformId: string, @Param('resourceIdOrReference') idOrReference: string) {
    return toWire(await this.wallets.setStatus(platformId, idOrReference, 'ARCHIVED'));
  }
}
