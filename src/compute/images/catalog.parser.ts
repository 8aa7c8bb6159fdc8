import { CatalogSection, Problems } from '../../drivers/port/catalog-section';
import { DRIVER_PLUGINS, type ImageSource } from '../../drivers';
import type { CatalogContext } from '../../drivers/port/driver-plugin';
import { isTenant } from '../../access/tenancy';
import { Catalog } from './catalog';
import { SIZES, type Image, type Minimal } from './image';

const MAX_IMAGES = 10_000;
const MAX_TENANTS = 10_000;
const MAX_NAME = 255;
const MAX_DESCRIPTION = 1000;
const MAX_SIZE = 1_000_000;
const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/;
const USER = /^[a-z_][a-z0-9_-]*$/;

const ID_RULE = {
  max: 255,
  isValid: (text: string) => ID.test(text) && !text.includes('..'),
  what: '1 to 255 letters, digits, ".", "_", ":", "/", "@" or "-", start with a letter or digit and not contain ".."',
};
const USER_RULE = { max: 32, isValid: (text: string) => USER.test(text), what: 'a user name' };

export type Parsed = { readonly catalog: Catalog } | { readonly problems: readonly string[] };

/** Parses a catalog; relative paths are resolved against an absolute `directory`. docs/engines.md describes the format. */
export function parseCatalog(text: string, directory: string): Parsed {
  const problems = new Problems();
  const images = readImages(text, directory, problems);
  return problems.all.length > 0 ? { problems: problems.all } : { catalog: new Catalog(images) };
}

function readImages(text: string, directory: string, problems: Problems): readonly Image[] {
  const value = parseJson(text, problems);
  const file = value === undefined ? undefined : CatalogSection.of(value, '', problems);
  if (!file) return [];
  const list = file.requires('images') ? (file.list('images', MAX_IMAGES) ?? []) : [];
  file.end();
  const firstOf = new Map<string, string>();
  return list.flatMap((value, index) => {
    const section = CatalogSection.of(value, `images[${index}]`, problems);
    const image = section && readImage(section, directory);
    if (!image) return [];
    const first = firstOf.get(image.id);
    if (first !== undefined) problems.add(`${section.path}.id is already used by ${first}`);
    firstOf.set(image.id, first ?? section.path);
    return [image];
  });
}

function parseJson(text: string, problems: Problems): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    // The message may quote the file; it is for the operator, who wrote the file.
    problems.add(`it is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
    return undefined;
  }
}

function readImage(section: CatalogSection, directory: string): Image | undefined {
  const id = section.requires('id') ? section.text('id', ID_RULE) : undefined;
  const name = section.text('name', { max: MAX_NAME });
  const description = section.text('description', { max: MAX_DESCRIPTION }) ?? '';
  const tenants = readTenants(section);
  const minimal = readMinimal(section.section('minimal'));
  const defaultUser = section.text('defaultUser', USER_RULE) ?? null;
  const sources = readSources(section, { directory, defaultUser });
  section.end();
  if (id === undefined) return undefined;
  return { id, name: name ?? id, description, tenants, minimal, defaultUser, sources };
}

function readSources(section: CatalogSection, context: CatalogContext): ReadonlyMap<string, ImageSource> {
  const sources = new Map<string, ImageSource>();
  for (const { kind, readImage } of DRIVER_PLUGINS) {
    const part = readImage && section.section(kind);
    const source = part && readImage(part, context);
    if (source) sources.set(kind, source);
  }
  return sources;
}

function readTenants(section: CatalogSection): ReadonlySet<string> | null {
  const list = section.list('tenants', MAX_TENANTS);
  if (!list) return null;
  list.forEach((tenant, index) => {
    if (!isTenant(tenant))
      section.report(`${section.pathOf('tenants')}[${index}] must be the id of a tenant`);
  });
  return new Set(list.filter(isTenant));
}

function readMinimal(section: CatalogSection | undefined): Minimal {
  const [vcpus = 0, ramGB = 0, diskGB = 0] = SIZES.map((size) => section?.whole(size, MAX_SIZE));
  section?.end();
  return { vcpus, ramGB, diskGB };
}
