import { parseImageName, type ImageName } from '../../drivers/port/image-name';
import { parseCatalog } from './catalog.parser';
import type { NamedImages } from './named-images';

const PINNED = `sha256:${'0a'.repeat(32)}`;
const OTHER = `sha256:${'0b'.repeat(32)}`;

function nameOf(text: string): ImageName {
  const name = parseImageName(text);
  if (!name) throw new Error(`${text} is not a name`);
  return name;
}

/** Maps the name of each image to its tenants; null means all tenants. */
function imagesOf(tenantsByName: Readonly<Record<string, readonly string[] | null>>): NamedImages {
  const images = Object.entries(tenantsByName).map(([name, tenants], index) => {
    return { id: `image-${index}`, docker: { name }, ...(tenants && { tenants }) };
  });
  const parsed = parseCatalog(JSON.stringify({ images }), '/etc/images');
  if ('problems' in parsed) throw new Error(parsed.problems.join());
  return parsed.catalog.named;
}

describe('access to images by name', () => {
  const images = imagesOf({
    'team/app:1': ['owner'],
    'team/app:2': null,
    'registry.local/secret/app:1': ['owner'],
    'registry.local/shared/app:1': ['owner'],
    'registry.local/shared/app:2': ['second'],
    'registry.local/same/app:1': ['owner'],
    'Registry.local/same/app:1': ['second'],
    [`registry.local/pinned/app@${PINNED}`]: ['owner'],
    'registry.local/public/app:1': null,
  });

  it.each([
    ['team/app:1', 'denied'],
    ['index.docker.io/team/app:1', 'denied'],
    ['registry-1.docker.io/team/app:1', 'denied'],
    ['docker.io/team/app:2', 'allowed'],
    ['team/app:3', 'denied'],
    ['team/app', 'denied'],
    [`team/app@${OTHER}`, 'undecided'],
    [`team/app:2@${OTHER}`, 'undecided'],
    ['registry.local/secret/app:1', 'denied'],
    ['registry.local:443/secret/app:1', 'denied'],
    ['registry.local/secret/app:2', 'denied'],
    [`registry.local/secret/app@${OTHER}`, 'denied'],
    [`registry.local/pinned/app@${PINNED}`, 'denied'],
    [`registry.local/pinned/app:1@${PINNED}`, 'denied'],
    [`mirror.local/copy@${PINNED}`, 'denied'],
    ['registry.local/pinned/app:1', 'denied'],
    ['registry.local/public/app:1', 'allowed'],
    ['registry.local/public/app:2', 'allowed'],
    [`registry.local/public/app@${OTHER}`, 'allowed'],
    ['registry.local/uncataloged:1', 'allowed'],
    [`registry.local/uncataloged@${OTHER}`, 'allowed'],
    ['localhost/team/app:1', 'allowed'],
  ])('for another tenant, %s is %s', (text, access) => {
    expect(images.access('stranger', nameOf(text))).toBe(access);
  });

  it.each([
    ['team/app:1', 'allowed'],
    ['index.docker.io/team/app:1', 'allowed'],
    ['team/app:7', 'allowed'],
    [`team/app@${OTHER}`, 'allowed'],
    ['REGISTRY.local/secret/app:2', 'allowed'],
    [`registry.local/pinned/app:9@${PINNED}`, 'allowed'],
    ['registry.local/shared/app:1', 'allowed'],
    ['registry.local/shared/app:2', 'denied'],
    ['registry.local/same/app:1', 'allowed'],
  ])('for its owner, %s is %s', (text, access) => {
    expect(images.access('owner', nameOf(text))).toBe(access);
  });

  it.each([
    ['an image that nothing private matches', 'anything:1', ['anything:1'], true],
    ['a private image under another tag', 'anything:1', ['anything:1', 'team/app:1'], false],
    ['a pinned image under another tag', 'anything:1', ['anything:1', `anything@${PINNED}`], false],
    ['a public image under another tag', 'anything:1', ['anything:1', 'team/app:2'], true],
    ['an image that is private and public', 'anything:1', ['team/app:1', 'team/app:2'], true],
    ['the digest of a public version', `team/app@${OTHER}`, [`team/app@${OTHER}`, 'team/app:2'], true],
    ['the digest of a private version', `team/app@${OTHER}`, [`team/app@${OTHER}`, 'team/app:1'], false],
    ['the digest of a former version', `team/app@${OTHER}`, [`team/app@${OTHER}`], false],
  ])('decides by content: %s', (_, requested, names, isAllowed) => {
    expect(images.mayRun('stranger', nameOf(requested), names.map(nameOf))).toBe(isAllowed);
    expect(images.mayRun('owner', nameOf(requested), names.map(nameOf))).toBe(true);
  });

  it('has no private images if all are available to everyone', () => {
    expect(images.hasPrivate).toBe(true);
    expect(imagesOf({ 'team/app:1': null }).hasPrivate).toBe(false);
  });
});
