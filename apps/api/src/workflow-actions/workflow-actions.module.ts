import { Module } from '@nestjs/common';
import { ExpansionModule } from '../expansion/expansion.module.js';
import { WorkflowActionsController } from './workflow-actions.controller.js';
import { WorkflowActionsService } from './workflow-actions.service.js';

@Module({ imports: [ExpansionModule], controllers: [WorkflowActionsController], providers: [WorkflowActionsService] })
export class WorkflowActionsModule {}
