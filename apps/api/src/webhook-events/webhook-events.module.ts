import { Module } from '@nestjs/common';
import { WebhookEventsController } from './webhook-events.controller.js';
import { WebhookEventsService } from './webhook-events.service.js';

@Module({ controllers: [WebhookEventsController], providers: [WebhookEventsService] })
export class WebhookEventsModule {}
