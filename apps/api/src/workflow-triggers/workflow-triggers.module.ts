import { Module } from '@nestjs/common';
import { ExpansionModule } from '../expansion/expansion.module.js';
import { WorkflowTriggersController } from './workflow-triggers.controller.js';
import { WorkflowTriggersService } from './workflow-triggers.service.js';

@Module({
  imports: [ExpansionModule],
  controllers: [WorkflowTriggersController],
  providers: [WorkflowTriggersService],
})
export class WorkflowTriggersModule {}
