import { applyDecorators, SetMetadata, type CustomDecorator } from '@nestjs/common';
import { ApiOperator } from './api-security.decorator';

export const ACCESS = 'tenancy:access';

/** Who may call a route: anybody, or operators. Without it, every tenant may. */
export type Access = 'public' | 'operator';

/** Marks a controller or handler that needs no tenant and no credentials: flavors, health, metrics. */
export const Public = (): CustomDecorator => SetMetadata(ACCESS, 'public' satisfies Access);

/**
 * Marks a controller or handler that only operators may call, and says so in the OpenAPI document.
 * Such a route acts for no tenant of its own: whom it is about stands in its path or body.
 */
export const Operator = (): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(ACCESS, 'operator' satisfies Access), ApiOperator());
