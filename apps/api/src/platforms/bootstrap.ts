import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database/database';
import { pendingMigrations } from '#database/migrate';
import { API_CONFIG, type ApiConfig } from '../api.config.js';
import { ensurePlatform } from './platform-keys.js';

/** Makes the first platforms and their keys from the environment, at each start, so that they are there once. */
@Injectable()
export class Bootstrap implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { BOOTSTRAP_API_KEY, BOOTSTRAP_API_KEYS, DATABASE_URL } = this.config;
    const named = BOOTSTRAP_API_KEY ? [{ name: 'Default', key: BOOTSTRAP_API_KEY }] : [];
    const wanted = [...named, ...BOOTSTRAP_API_KEYS];
    if (wanted.length === 0) return;
    const pending = await pendingMigrations(DATABASE_URL);
    if (pending.length > 0) {
      throw new Error(`The database lacks ${pending.join(', ')}: run node dist/apps/api/src/migrate.js first.`);
    }
    for (const { name, key } of wanted) await ensurePlatform(this.database, name, key);
  }
}
