import { Module } from '@nestjs/common';
import { WalletGrantsController } from './wallet-grants.controller.js';
import { WalletGrantsService } from './wallet-grants.service.js';

@Module({ controllers: [WalletGrantsController], providers: [WalletGrantsService] })
export class WalletGrantsModule {}
