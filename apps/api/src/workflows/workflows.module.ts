import { Module } from '@nestjs/common';
import { ExpansionModule } from '../expansion/expansion.module.js';
import { WorkflowsController } from './workflows.controller.js';
import { WorkflowsService } from './workflows.service.js';

@Module({ imports: [ExpansionModule], controllers: [WorkflowsController], providers: [WorkflowsService] })
export class WorkflowsModule {}
