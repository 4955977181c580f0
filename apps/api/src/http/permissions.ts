import { applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation } from '@nestjs/swagger';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any one of them is enough. */
    permissions?: string[];
    /** Nobody has to say who they are. */
    open?: boolean;
  }
}

/**
 * States who may call an operation: whoever holds any one of the permissions. Every operation below /v1 carries it, or
 * `OpenToEverybody`; the API does not start otherwise.
 */
export function RequiresPermission(...permissions: [string, ...string[]]): MethodDecorator {
  return applyDecorators(
    RouteConfig({ permissions }),
    ApiOperation({ description: `Requires the ${permissions.join(' or ')} permission.` }),
  );
}

/** States that an operation is there for those who have no key: it judges for itself what it is given. */
export function OpenToEverybody(): MethodDecorator {
  return applyDecorators(RouteConfig({ open: true }), ApiOperation({ security: [], description: 'Requires no key.' }));
}
