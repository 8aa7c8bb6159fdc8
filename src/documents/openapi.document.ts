import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { TenancyConfig } from '../access/tenancy/tenancy.config';
import { describeSecurity } from '../access/tenancy';
import { shareErrorResponses } from './error-responses';
import { dropDtoSuffix } from './schema-names';

/** In the order of the page: resources of tenants first, resources of operators last. */
const TAGS = [
  ['instances', 'Virtual machines and containers: create, change, start, stop, attach, observe, delete'],
  ['snapshots', 'Disks, and perhaps memory, of instances at a point in time: take, restore, clone, delete'],
  ['warm pools', 'Instances that are kept prepared, so that creations get them at once'],
  ['images', 'Images that instances start from'],
  ['flavors', 'Sizes of instances; operators can add and retire them'],
  ['operations', 'Asynchronous work on instances, tracked until it finishes'],
  ['events', 'History and live changes of instances'],
  ['webhooks', 'URLs that receive the events of a tenant'],
  ['quotas', 'Limits and usage of tenants, and free capacity'],
  ['callers', 'Who the caller is, as authenticated'],
  ['orphans', 'Resources at engines that belong to no instance, for operators'],
  ['errors', 'Meanings of the error codes'],
  ['health', 'Health checks and metrics for operators and the gateway'],
] as const;

/**
 * The OpenAPI document. Apart from the tenant header's name it is the same for every deployment, so it has the security
 * schemes of all modes.
 */
export function describeApi(app: INestApplication, { header }: TenancyConfig): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('UIM IaaS Compute')
    .setDescription(
      'Creates, starts, stops, restarts and deletes virtual machines and containers for tenants. ' +
        'Errors are problem documents (RFC 9457) with a `code`; [/api/errors](/api/errors) explains each of them. ' +
        'If a gateway drops the query string, send it in the `X-Query` header instead.',
    )
    .setVersion('1.0.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/');
  for (const [name, description] of TAGS) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, describeSecurity(builder, header).build());
  return shareErrorResponses(dropDtoSuffix(document));
}
