import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { type INestApplicationContext } from '@nestjs/common';
import { createLogger } from '#observe/logger';
import { NestLogger } from '#observe/nest-logger';
import { type WorkerConfig } from './worker.config.js';
import { WorkerModule } from './worker.module.js';

/** A worker that has begun: it releases, executes, watches the clock and recovers what others lost, until it is closed. */
export async function createWorker(config: WorkerConfig): Promise<INestApplicationContext> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class and takes a literal
  const worker = await NestFactory.createApplicationContext(WorkerModule.with(config), {
    logger: new NestLogger(createLogger({ level: config.LOG_LEVEL, name: 'worker' })),
    abortOnError: false,
  });
  return worker;
}
