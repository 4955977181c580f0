import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database/database';
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
    const { BOOTSTRAP_API_KEY, BOOTSTRAP_API_KEYS } = this.config;
    const named = BOOTSTRAP_API_KEY ? [{ name: 'Default', key: BOOTSTRAP_API_KEY }] : [];
    const wanted = [...named, ...BOOTSTRAP_API_KEYS];
    for (const { name, key } of wanted) await ensurePlatform(this.database, name, key);
  }
}
