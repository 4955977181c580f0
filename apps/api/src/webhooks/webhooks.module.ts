import { Module } from '@nestjs/common';
import { WebhookCalls } from './webhook-calls.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({ controllers: [WebhooksController], providers: [WebhookCalls, WebhooksService] })
export class WebhooksModule {}
