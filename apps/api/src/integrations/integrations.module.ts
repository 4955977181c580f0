import { Module } from '@nestjs/common';
import { ConnectionTest } from './connection-test.js';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsService } from './integrations.service.js';

@Module({ controllers: [IntegrationsController], providers: [ConnectionTest, IntegrationsService] })
export class IntegrationsModule {}
