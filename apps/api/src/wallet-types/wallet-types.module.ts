import { Module } from '@nestjs/common';
import { WalletTypesController } from './wallet-types.controller.js';
import { WalletTypesService } from './wallet-types.service.js';

@Module({ controllers: [WalletTypesController], providers: [WalletTypesService] })
export class WalletTypesModule {}
