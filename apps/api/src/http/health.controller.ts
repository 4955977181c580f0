import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Database } from '#database/database';
import { pendingMigrations } from '#database/migrate';
import { API_CONFIG, type ApiConfig } from '../api.config.js';

@ApiExcludeController()
@Controller('health')
export class HealthController {
  private migrated = false;

  constructor(
    private readonly database: Database,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The process runs. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** The database answers and has every migration of this program. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const problem = await this.problem();
    if (problem === null) return { status: 'ok' };
    reply.status(503);
    return { status: 'unavailable', reason: problem };
  }

  private async problem(): Promise<string | null> {
    try {
      await this.database.ping();
      if (this.migrated) return null;
      const pending = await pendingMigrations(this.config.DATABASE_URL);
      this.migrated = pending.length === 0;
      return this.migrated ? null : `Migrations are pending: ${pending.join(', ')}.`;
    } catch {
      // That it does not answer is the news; why is in the database's own log.
      return 'The database does not answer.';
    }
  }
}
