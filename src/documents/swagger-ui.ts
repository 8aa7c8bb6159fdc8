import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { RequestHandler } from 'express';
import type { TenancyConfig } from '../access/tenancy/tenancy.config';
import { schemesInUse } from '../access/tenancy';
import { operationsOf } from './error-responses';
import { describeApi } from './openapi.document';

export const DOCS_PATH = 'api/docs';
export const OPENAPI_PATH = 'api/openapi.json';

type Parameter = NonNullable<ReturnType<typeof operationsOf>[number]['parameters']>[number];

const OPTIONS = {
  docExpansion: 'list',
  // The list of schemas is collapsed.
  defaultModelsExpandDepth: 0,
  filter: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // Does not persist credentials: browser storage outlives the page, and every script of the origin can read it.
  persistAuthorization: false,
};

/**
 * Hides what is always the same: the server and the empty column of links. Documented errors take one line each, because
 * all have the same schema; an error that the service has sent is shown in full.
 */
const STYLE = `
.swagger-ui :is(.topbar, .schemes > .schemes-server-container, .response-col_links) { display: none !important }
.swagger-ui .responses-table:not(.live-responses-table)
  .response:is([data-code^='4'], [data-code^='5']) .response-col_description__inner ~ * { display: none }
`;

/** Serves the OpenAPI document, and Swagger UI adapted to this deployment. */
export function serveDocuments(app: NestExpressApplication, config: TenancyConfig): void {
  SwaggerModule.setup(DOCS_PATH, app, () => describeApi(app, config), {
    ui: false,
    jsonDocumentUrl: OPENAPI_PATH,
  });
  SwaggerModule.setup(DOCS_PATH, app, () => forPage(describeApi(app, config), schemesInUse(config.auth)), {
    raw: false,
    swaggerOptions: OPTIONS,
    customCss: STYLE,
    customSiteTitle: 'UIM IaaS Compute',
  });
}

/** Redirects browsers from `/` to the path of a page; programs get a problem document. */
export function redirectBrowsers(path: string): RequestHandler {
  return (request, response, next) => {
    const isHome = request.path === '/' && ['GET', 'HEAD'].includes(request.method);
    if (!isHome || request.accepts(['application/json', 'text/html']) !== 'text/html') next();
    else response.vary('Accept').redirect(`/${path}`);
  };
}

/** Changes the document into that of the page: the security schemes in use, and nothing that Swagger UI would prefill. */
function forPage(document: OpenAPIObject, schemes: readonly string[]): OpenAPIObject {
  const isInUse = (scheme: string): boolean => schemes.includes(scheme);
  const { securitySchemes = {} } = document.components ?? {};
  const inUse = Object.entries(securitySchemes).filter(([name]) => isInUse(name));
  document.components = { ...document.components, securitySchemes: Object.fromEntries(inUse) };
  for (const operation of operationsOf(document)) {
    const { security = [] } = operation;
    operation.security = security.filter((each) => Object.keys(each).every(isInUse));
    operation.parameters?.forEach(dropDefault);
  }
  return document;
}

/**
 * Swagger UI sends the default of a parameter that nobody set, which the service applies anyway, and invented members of
 * an object.
 */
function dropDefault(parameter: Parameter): void {
  if (!('schema' in parameter) || '$ref' in parameter.schema) return;
  const { schema, description = '', required } = parameter;
  if (schema.type === 'object') parameter.example = {};
  if (required === true || schema.default === undefined) return;
  const text = `Default: \`${JSON.stringify(schema.default)}\``;
  parameter.description = description === '' ? text : `${description}. ${text}`;
  delete schema.default;
}
