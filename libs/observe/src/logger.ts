import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from './redact.js';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface LoggerOptions {
  level: LogLevel;
  /** Which program speaks: `api`, `worker`, … */
  name: string;
  /** Standard output when absent. */
  destination?: DestinationStream;
}

/**
 * A logger that writes one line of JSON per event, with `time` as ISO 8601 in UTC and `level` as a word. Values of keys
 * that hold credentials or addresses are replaced wherever they stand; texts are not searched, so put nothing secret
 * into a message.
 */
export function createLogger({ level, name, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      // Errors of mail libraries carry their envelope.
      serializers: { err: (error: Error) => redact({ ...pino.stdSerializers.err(error) }) },
    },
    destination ?? pino.destination(1),
  );
}
