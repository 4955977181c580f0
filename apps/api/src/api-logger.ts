import { createLogger, type Logger, type LogLevel } from '#observe/logger';
import { NestLogger } from '#observe/nest-logger';

/** Parts of Nest that tell each module and each route at every start. */
const TALKATIVE = ['InstanceLoader', 'RoutesResolver', 'RouterExplorer'];

export function apiLogger(level: LogLevel): Logger {
  return createLogger({ level, name: 'api' });
}

/** Nest's messages in our log, without the roll call of modules and routes. */
export class QuietNestLogger extends NestLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (TALKATIVE.includes(String(rest.at(-1)))) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
