import { Module } from '@nestjs/common';
import { AuditRecordsController } from './audit-records.controller.js';
import { AuditRecordsService } from './audit-records.service.js';

@Module({ controllers: [AuditRecordsController], providers: [AuditRecordsService] })
export class AuditRecordsModule {}
