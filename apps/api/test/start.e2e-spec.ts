import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { jest } from '@jest/globals';
import { Database } from '#database/database';
import { createTestDatabase } from '#testing/test-database';
import { apiConfig } from '../src/api.config.js';
import { createApi } from '../src/create-api.js';
import { RequiresPermission } from '../src/http/permissions.js';
import { Routes } from '../src/http/routes.js';
import { STARTING_MS } from './start-api.js';

jest.setTimeout(STARTING_MS);

describe('starting', () => {
  const start = (url: string, settings: object) =>
    createApi(apiConfig.parse({ DATABASE_URL: url, LOG_LEVEL: 'fatal', ...settings }));

  it('makes the bootstrap platforms and keys once, however many processes start at once', async () => {
    const test = await createTestDatabase();
    const settings = { BOOTSTRAP_API_KEY: 'first-key', BOOTSTRAP_API_KEYS: 'Acme:acme-key, Globex:globex-key' };
    const apps = await Promise.all([start(test.url, settings), start(test.url, settings), start(test.url, settings)]);
    const database = new Database({ url: test.url, connections: 1 });
    const platforms = await database.client.platform.findMany({ orderBy: { name: 'asc' } });
    expect(platforms.map(({ name }) => name)).toEqual(['Acme', 'Default', 'Globex']);
    expect(await database.client.apiKey.count({ where: { roleType: 'ADMINISTRATOR' } })).toBe(3);
    await Promise.all([...apps.map((app) => app.close()), database.close()]);
    await test.drop();
  });

  it('refuses a key that another platform has', async () => {
    const test = await createTestDatabase();
    await expect(start(test.url, { BOOTSTRAP_API_KEYS: 'Acme:same,Globex:same' })).rejects.toThrow(
      'belongs to another',
    );
    await test.drop();
  });

  it('says which migrations are missing instead of failing at the first statement', async () => {
    const test = await createTestDatabase({ empty: true });
    await expect(start(test.url, { BOOTSTRAP_API_KEY: 'key' })).rejects.toThrow(/lacks .*: run node .*migrate\.js/);
    await test.drop();
  });

  it('refuses to start with an operation below /v1 that nobody guards', async () => {
    @Controller('v1/things')
    class ThingsController {
      @Get()
      open() {
        return [];
      }

      @Get(':id')
      @RequiresPermission('THING.VIEW')
      guarded() {
        return {};
      }
    }
    @Module({ controllers: [ThingsController] })
    class ThingsModule {}
    const adapter = new FastifyAdapter();
    const routes = new Routes(adapter.getInstance());
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes a literal
    const app = await NestFactory.create<NestFastifyApplication>(ThingsModule, adapter, { logger: false });
    await app.init();
    expect(() => routes.checkPermissions()).toThrow(
      'lack @RequiresPermission(…) or @OpenToEverybody(): GET /v1/things, HEAD /v1/things.',
    );
    await app.close();
  });
});
