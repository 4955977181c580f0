import 'reflect-metadata';
import { Body, Controller, Inject, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pool } from 'pg';
import { randomAlphanumerics } from '#kernel/ids';

/* The least that a write can cost: what comes in is stored as it is, by one prepared statement. Nothing is checked or recorded. */

@Controller('rows')
class RowsController {
  constructor(@Inject(Pool) private readonly pool: Pool) {}

  @Post()
  async insert(@Body() document: object) {
    const id = `row_${randomAlphanumerics(20)}`;
    const text = 'INSERT INTO bare_row (id, document) VALUES ($1, $2)';
    await this.pool.query({ name: 'insert', text, values: [id, JSON.stringify(document)] });
    return { id, ...document };
  }
}

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

@Module({ controllers: [RowsController], providers: [{ provide: Pool, useValue: pool }] })
class BareModule {}

await pool.query(
  'CREATE TABLE IF NOT EXISTS bare_row (id text PRIMARY KEY, document jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now())',
);
// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes a literal
const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
app.enableShutdownHooks();
await app.listen(Number(process.env.PORT), '127.0.0.1');
