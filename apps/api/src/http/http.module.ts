import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Database } from '#database/database';
import { WakeSender } from '#database/wake';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { Idempotency } from '../idempotency/idempotency.js';
import { Authentication } from './authentication.js';
import { HealthController } from './health.controller.js';
import { Pages } from './pages.js';

/** What every resource stands on: the configuration, the database, the doorbell of the worker, lists. */
@Global()
@Module({
  controllers: [HealthController],
  providers: [Authentication, Pages, { provide: APP_INTERCEPTOR, useClass: Idempotency }],
  exports: [Pages],
})
export class HttpModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly wake: WakeSender,
  ) {}

  static with(config: ApiConfig): DynamicModule {
    const { DATABASE_URL: url, DATABASE_CONNECTIONS: connections } = config;
    const name = 'billing-workflows api';
    return {
      module: HttpModule,
      providers: [
        { provide: API_CONFIG, useValue: config },
        { provide: Database, useFactory: () => new Database({ url, connections, name }) },
        { provide: WakeSender, useFactory: () => new WakeSender(url) },
      ],
      exports: [API_CONFIG, Database, WakeSender],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.wake.close();
    await this.database.close();
  }
}
