import { Module } from '@nestjs/common';
import { WorkflowActionsController } from './workflow-actions.controller.js';
import { WorkflowActionsService } from './workflow-actions.service.js';

@Module({ controllers: [WorkflowActionsController], providers: [WorkflowActionsService] })
export class WorkflowActionsModule {}
