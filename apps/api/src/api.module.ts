import { type DynamicModule, Module } from '@nestjs/common';
import { type ApiConfig } from './api.config.js';
import { HttpModule } from './http/http.module.js';
import { PlatformsModule } from './platforms/platforms.module.js';

/** One line per resource. */
const RESOURCES = [PlatformsModule];

@Module({})
export class ApiModule {
  static with(config: ApiConfig): DynamicModule {
    return { module: ApiModule, imports: [HttpModule.with(config), ...RESOURCES] };
  }
}
