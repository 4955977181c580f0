import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation } from '@nestjs/swagger';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any one of them is enough. */
    permissions?: string[];
  }
}

/**
 * States who may call an operation: whoever holds any one of the permissions. Every operation below /v1 carries it; the
 * API does not start otherwise.
 */
export function RequiresPermission(...permissions: [string, ...string[]]): MethodDecorator {
  return applyDecorators(
    RouteConfig({ permissions }),
    ApiOperation({ description: `Requires the ${permissions.join(' or ')} permission.` }),
  );
}

/** What a READ_ONLY key may do beside every `*.VIEW`. */
const LOOKING = ['INVOICE.PDF.DOWNLOAD', 'INVOICE.PREVIEW'];

export function isAllowed(roleType: string, permissions: string[]): boolean {
  if (roleType === 'ADMINISTRATOR') return true;
  return roleType === 'READ_ONLY' && permissions.some((name) => name.endsWith('.VIEW') || LOOKING.includes(name));
}
