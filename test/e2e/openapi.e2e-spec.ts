import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApp } from '../support/app';
import { Client } from '../support/client';
import { parseJson } from '../support/json';
import { readDocument, requestExamplesOf, resolve, routesOf, type OpenAPIObject } from '../support/openapi';
import { Platform } from '../support/platform';
import { newTenant, useApp } from '../support/use-app';

const REDOCLY = join(__dirname, '..', '..', 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');

interface LintReport {
  readonly totals: { readonly errors: number; readonly warnings: number };
  readonly problems: readonly { readonly ruleId: string; readonly message: string }[];
}

/** Runs the linter's CLI; its exit code adds nothing to the report. */
async function lint(document: OpenAPIObject): Promise<LintReport> {
  const directory = mkdtempSync(join(tmpdir(), 'compute-openapi-'));
  try {
    writeFileSync(join(directory, 'openapi.json'), JSON.stringify(document, null, 2));
    writeFileSync(join(directory, 'redocly.yaml'), 'extends: [recommended]\n');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [REDOCLY, 'lint', 'openapi.json', '--format=json'],
      {
        cwd: directory,
        env: { PATH: process.env['PATH'], REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    ).catch((error: unknown) => {
      if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) };
      throw error;
    });
    return parseJson<LintReport>(stdout.slice(stdout.indexOf('{')));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The ID of the network and volume in the examples. */
const EXAMPLE_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('the OpenAPI document', () => {
  const app = useApp();
  let document: OpenAPIObject;

  beforeAll(async () => {
    document = await readDocument(app.url);
  });

  it('passes the recommended rules without errors or warnings', async () => {
    const { problems, totals } = await lint(document);
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    expect(totals).toMatchObject({ errors: 0, warnings: 0 });
  });

  it('gives every operation a unique ID, a summary and a tag', () => {
    const operations = routesOf(document).map(({ operation }) => operation);
    const names = operations.map(({ operationId }) => operationId);
    expect(names.every((name) => /^[a-z]+[A-Za-z]+$/.test(name ?? ''))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
    expect(operations.every(({ summary, tags }) => (summary ?? '') !== '' && tags?.length === 1)).toBe(true);
  });

  it('gives every response with a body a schema, and every error examples', () => {
    for (const { method, path, operation } of routesOf(document)) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const where = `${method} ${path} ${status}`;
        if (!response || '$ref' in response) throw new Error(`${where} is only a reference`);
        const contents = Object.entries(response.content ?? {});
        const isEmpty = status === '204' || status === '304';
        expect([where, contents.length > 0]).toEqual([where, !isEmpty]);
        for (const [type, { schema, examples }] of contents) {
          if (Number(status) >= 400) {
            expect([where, type]).toEqual([where, 'application/problem+json']);
            expect(Object.keys(examples ?? {})).not.toEqual([]);
            for (const [code, example] of Object.entries(examples ?? {})) {
              const value: unknown = 'value' in example ? example.value : undefined;
              expect(value).toMatchObject({ status: Number(status), code });
            }
          }
          expect([where, schema && Object.keys(resolve(document, schema)).length > 0]).toEqual([where, true]);
        }
      }
    }
  });

  it('documents every member of every schema', () => {
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      for (const [member, property] of Object.entries(resolve(document, schema).properties ?? {})) {
        const isClear =
          '$ref' in property ||
          ['example', 'enum', 'allOf', 'items', 'description', 'default'].some((key) => key in property);
        expect([`${name}.${member}`, isClear]).toEqual([`${name}.${member}`, true]);
      }
    }
  });

  it('limits filters to their accepted values', () => {
    const list = routesOf(document).find(({ operation }) => operation.operationId === 'listInstances');
    const valuesOf = (name: string): unknown => {
      const parameter = list?.operation.parameters?.find((each) => 'name' in each && each.name === name);
      const schema = parameter && 'schema' in parameter ? parameter.schema : undefined;
      return schema && resolve(document, schema).enum;
    };
    expect(valuesOf('status')).toEqual(['creating', 'running', 'stopped', 'restarting', 'error']);
    expect(valuesOf('type')).toEqual(['vm', 'container']);
  });

  it('has request examples that the service accepts', async () => {
    const platform = await Platform.start();
    const beside = await startApp({ environment: { ...platform.environment, OPERATOR_TOKEN: 'token' } });
    const tenant = new Client(beside.url, newTenant());
    platform.network.addNetwork(tenant.tenantId, { id: EXAMPLE_ID });
    platform.storage.addVolume(tenant.tenantId, { id: EXAMPLE_ID });
    const { id } = await tenant.createRunning();
    const routes = routesOf(document).filter(({ operation }) => operation.requestBody !== undefined);
    expect(routes.map(({ operation }) => operation.operationId).sort()).toEqual([
      'attachNetwork',
      'attachVolume',
      'createFlavor',
      'createInstance',
      'setQuota',
      'updateFlavor',
      'updateInstance',
    ]);
    for (const { method, path, operation } of routes) {
      const requests = requestExamplesOf(document, operation);
      expect(requests.length).toBeGreaterThan(0);
      for (const request of requests) {
        const answer = await tenant.request(
          path.replace('{id}', id).replace('{name}', 'small').replace('{tenantId}', 'other'),
          {
            method,
            headers: {
              'X-Tenant-ID': tenant.tenantId,
              'Content-Type': 'application/json',
              Authorization: 'Bearer token',
            },
            body: JSON.stringify(request),
          },
        );
        const success = ['createInstance', 'createFlavor'].includes(operation.operationId ?? '') ? 201 : 200;
        expect({ request, status: answer.status, body: answer.body }).toMatchObject({
          request,
          status: success,
        });
        expect(Object.keys(parseJson<object>(JSON.stringify(request))).length).toBeGreaterThan(0);
      }
    }
    await beside.close();
    await platform.stop();
  });
});
