import { canonicalRegistry, parseImageName } from './image-name';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('image names', () => {
  it.each([
    'debian',
    'debian:12',
    'library/debian',
    'docker.io/library/debian:12',
    'localhost/a',
    'localhost:5000/a_b/c__d/e-f/g.h:v1.2-x_Y',
    'registry.example.com:443/team/app:latest',
    `debian@${DIGEST}`,
    `ghcr.io/a/b:1@${DIGEST}`,
    'ubuntu-22.04',
    `a/${'b'.repeat(253)}`,
  ])('accept %s', (text) => expect(parseImageName(text)).toBeDefined());

  it.each([
    '',
    ' debian',
    'debian ',
    'debian\n',
    'debian\0',
    'de bian',
    'Debian',
    'docker.io/Library/debian',
    'ä',
    '-debian',
    '--privileged',
    'a..b',
    'a___b',
    'a//b',
    '/debian',
    'debian/',
    '../../etc/passwd',
    'a/../../b',
    './debian',
    'debian:',
    'debian:-x',
    `debian:${'x'.repeat(129)}`,
    'debian@sha256:abc',
    'debian@',
    `debian@sha512:${'0a'.repeat(64)}`,
    '[::1]:5000/a',
    'Team/app',
    'x.io:port/app',
    '../containers/x',
    'a:1:2/b',
    'http://docker.io/debian',
    'https://evil/x?y=z',
    'user:password@registry/a',
    'a?b=c',
    'a#b',
    'a%2fb',
    'a&tag=x',
    '$(reboot)',
    'a;b',
    'a|b',
    '`a`',
    '{"a":1}',
    '0a'.repeat(32),
    DIGEST,
    'sha256:abcdef123456',
    'sha256:a',
    `a/${'b'.repeat(254)}`,
    'uim-snapshots.invalid/taken:1',
    'UIM-Snapshots.INVALID/a',
    'uim-snapshots.invalid:443/taken',
    `uim-snapshots.invalid/taken@${DIGEST}`,
  ])('reject %j', (text) => expect(parseImageName(text)).toBeUndefined());

  it.each([
    ['alpine', 'docker.io', 'docker.io/library/alpine', 'latest'],
    ['abcdef123456', 'docker.io', 'docker.io/library/abcdef123456', 'latest'],
    ['team/app:1.2-rc_1', 'docker.io', 'docker.io/team/app', '1.2-rc_1'],
    ['localhost/app', 'localhost', 'localhost/app', 'latest'],
    ['localhost:5000/library/app', 'localhost:5000', 'localhost:5000/library/app', 'latest'],
    ['127.0.0.1:5000/app:1', '127.0.0.1:5000', '127.0.0.1:5000/app', '1'],
    ['REGISTRY.example.com/team/app:V1', 'registry.example.com', 'registry.example.com/team/app', 'V1'],
  ])('split %s into its parts', (text, registry, repository, version) => {
    const name = `${repository}:${version}`;
    expect(parseImageName(text)).toMatchObject({ registry, repository, version, name });
  });

  it.each([`ghcr.io/a__b/c@${DIGEST}`, `GHCR.io/a__b/c:1@${DIGEST}`])(
    'identify %s by its digest, with or without a tag',
    (text) => {
      const repository = 'ghcr.io/a__b/c';
      const name = `${repository}@${DIGEST}`;
      expect(parseImageName(text)).toMatchObject({ repository, version: DIGEST, name });
    },
  );

  it.each([
    'debian',
    'debian:latest',
    'library/debian',
    'docker.io/debian',
    'docker.io/library/debian',
    'index.docker.io/debian',
    'index.docker.io/library/debian:latest',
    'Index.Docker.IO/library/debian',
  ])('resolve %s to docker.io/library/debian:latest', (text) => {
    expect(parseImageName(text)).toEqual(parseImageName('docker.io/library/debian:latest'));
  });

  it.each([
    ['docker.io/debian', 'registry-1.docker.io/library/debian'],
    ['docker.io/debian', 'registry.hub.docker.com/library/debian'],
    ['docker.io/debian', 'index.docker.io:443/debian'],
    ['registry.local/app', 'registry.local:443/app'],
    ['registry.local/app', 'registry.local:080/app'],
  ])('treat %s and %s as one repository, although engines store them under different names', (one, other) => {
    const [a, b] = [parseImageName(one), parseImageName(other)];
    expect(a?.repositoryKey).toBe(b?.repositoryKey);
    expect(a?.name).not.toBe(b?.name);
  });

  it.each([
    ['localhost/app', 'app'],
    ['localhost:5000/app', 'localhost/app'],
    ['localhost:5000/app', 'localhost:5001/app'],
    ['registry.local/library/app', 'registry.local/app'],
    ['registry.local:4430/app', 'registry.local/app'],
    ['team/app', 'team/app2'],
  ])('treat %s and %s as different repositories', (one, other) => {
    expect(parseImageName(one)?.repositoryKey).not.toBe(parseImageName(other)?.repositoryKey);
  });

  it.each([
    ['index.docker.io', 'docker.io'],
    ['Registry.Local:5000', 'registry.local:5000'],
  ])('resolve the registry %s to %s', (host, registry) => expect(canonicalRegistry(host)).toBe(registry));

  it('are parsed quickly, even if they are malicious', () => {
    const begin = performance.now();
    for (const part of ['a', 'a-', 'a.', 'a/', 'a_', 'a:', 'A', '[', 'a@', '1.1', '--']) {
      for (const end of ['', '!', '\n', '/', ':']) parseImageName(part.repeat(255).slice(0, 254) + end);
    }
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
