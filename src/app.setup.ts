import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { ProblemFilter } from './common/errors/problem.filter';
import { jsonBody } from './common/http/json-body.middleware';
import { requestMiddleware, type RequestRecord } from './common/http/request.middleware';
import { ShapePipe } from './common/validation/shape.pipe';
import { AppConfig } from './config';
import { Metrics } from './metrics';
import { TENANT_SCHEME } from './tenancy';

export const DOCS_PATH = 'api/docs';
export const OPENAPI_PATH = 'api/openapi.json';

/** Everything between the socket and the controllers: used by the service and by its tests alike. */
export function setup(app: NestExpressApplication, log: Logger): void {
  const config = app.get(AppConfig);
  const metrics = app.get(Metrics);
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(
    requestMiddleware((record) => {
      metrics.countRequest(record);
      logRequest(log, record);
    }),
  );
  app.use(securityHeaders());
  app.use(jsonBody(config.http.bodyLimitBytes));
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new ShapePipe());
  SwaggerModule.setup(DOCS_PATH, app, () => describe(app, config), {
    jsonDocumentUrl: OPENAPI_PATH,
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
    customSiteTitle: 'UIM IaaS Compute',
  });
}

function logRequest(log: Logger, { context, ...request }: RequestRecord): void {
  const { requestId, tenantId, problem } = context;
  log.info({ requestId, tenantId, ...request, ...(problem !== undefined && { problem }) }, 'request');
}

/** The page of Swagger UI has inline styles and scripts of its own; served over plain HTTP behind a gateway. */
function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    // TLS ends at the gateway: what it promises of it is the gateway's to say.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      directives: {
        scriptSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null,
      },
    },
  });
}

export function describe(app: NestExpressApplication, config: AppConfig): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('UIM IaaS Compute')
    .setDescription(
      'Creates, starts, stops, restarts and deletes virtual machines and containers for tenants. ' +
        'Errors are problem documents (RFC 9457). Behind a gateway that drops the query string, ' +
        'send the same text in the header `X-Query`.',
    )
    .setVersion('1.0.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addTag('instances', 'Virtual machines and containers')
    .addTag('operations', 'Work that goes on after a request was answered')
    .addTag('flavors', 'Sizes of instances')
    .addTag('health', 'For operators and the gateway')
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Tenant-ID',
        description: 'The tenant; absent means `default`',
      },
      TENANT_SCHEME,
    )
    .build();
  const document = SwaggerModule.createDocument(app, options);
  const scheme = document.components?.securitySchemes?.[TENANT_SCHEME];
  if (scheme && 'name' in scheme) scheme.name = config.tenancy.header;
  return document;
}
