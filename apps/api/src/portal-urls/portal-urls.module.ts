import { Module } from '@nestjs/common';
import { PayModule } from '../pay/pay.module.js';
import { PortalUrlsController } from './portal-urls.controller.js';
import { PortalUrlsService } from './portal-urls.service.js';

@Module({ imports: [PayModule], controllers: [PortalUrlsController], providers: [PortalUrlsService] })
export class PortalUrlsModule {}
