import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { AppModule } from '../src/app.module';
import { TenancyConfig } from '../src/access/tenancy/tenancy.config';
import { describeApi } from '../src/documents';
import { errorsMarkdown } from '../src/documents/errors.page';
import { envExample, settingsMarkdown } from './settings-page';
import { clientConstants } from './client-constants';
import { withStateTables } from './state-tables';

const ROOT = join(__dirname, '..');
const GENERATED = '// Generated from openapi.json by `npm run generate`; do not edit.\n';

/** All generated files. They are committed, so that API changes show up in review. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const document = await readDocument();
  const schema = astToString(await openapiTS(JSON.stringify(document), { defaultNonNullable: false }));
  return new Map([
    ['openapi.json', JSON.stringify(document)],
    ['docs/errors.md', errorsMarkdown()],
    ['docs/settings.md', settingsMarkdown()],
    ['.env.example', envExample()],
    ['docs/internals.md', withStateTables(readFileSync(join(ROOT, 'docs/internals.md'), 'utf8'))],
    ['packages/client/src/schema.ts', GENERATED + schema],
    ['packages/client/src/constants.ts', clientConstants()],
  ]);
}

/** Preview mode instantiates no providers, so it opens neither a database nor a port. */
async function readDocument(): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { preview: true, logger: false });
  // Uses an empty environment, so that the result is the same on every machine.
  return describeApi(app, new TenancyConfig({}));
}

async function main(isCheck: boolean): Promise<void> {
  const stale: string[] = [];
  for (const [path, text] of await generate()) {
    const file = join(ROOT, path);
    const { inferredParser } = await getFileInfo(file);
    const wanted =
      inferredParser === null ? text : await format(text, { ...(await resolveConfig(file)), filepath: file });
    if (read(file) === wanted) continue;
    if (isCheck) stale.push(path);
    else writeFileSync(file, wanted);
  }
  if (stale.length === 0) return;
  process.stderr.write(`not what the sources say: ${stale.join(', ')}; run npm run generate\n`);
  process.exitCode = 1;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

void main(process.argv.includes('--check'));
