import { applyDecorators, SetMetadata, type CustomDecorator } from '@nestjs/common';
import { ApiOperator } from './api-security.decorator';

export const ACCESS = 'tenancy:access';

/** Callers that a route accepts. Without this, it accepts every tenant. */
export type Access = 'public' | 'operator';

/** Marks a controller or handler that needs no tenant and no credentials: flavors, health, metrics. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/**
 * Marks a controller or handler that only operators may call, and documents it in OpenAPI. Such a route has no calling
 * tenant: the tenant it affects is in its path or body.
 */
export const Operator = (): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, 'operator' satisfies Access), ApiOperator());
