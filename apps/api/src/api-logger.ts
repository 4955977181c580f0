import { ConsoleLogger, type LoggerService, type LogLevel } from '@nestjs/common';
import { type ApiConfig } from './api.config.js';

const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];
const NEST_NAME: Partial<Record<ApiConfig['LOG_LEVEL'], LogLevel>> = { info: 'log', trace: 'verbose' };

/** JSON lines at `level` and above. */
export function apiLogger(level: ApiConfig['LOG_LEVEL']): LoggerService {
  const lowest = NEST_NAME[level] ?? (level as LogLevel);
  return new ConsoleLogger({ json: true, logLevels: LEVELS.slice(0, LEVELS.indexOf(lowest) + 1) });
}
