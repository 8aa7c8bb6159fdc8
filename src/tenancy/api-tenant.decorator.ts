import { ApiSecurity } from '@nestjs/swagger';

/** Name of the security scheme under which Swagger UI asks for the tenant. */
export const TENANT_SCHEME = 'tenant';

/** Documents that a route acts for the tenant of the header. */
export const ApiTenant = (): ClassDecorator & MethodDecorator => ApiSecurity(TENANT_SCHEME);
