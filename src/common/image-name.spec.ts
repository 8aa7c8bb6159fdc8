import { fullRepository, parseImageName } from './image-name';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('the name of an image', () => {
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
  ])('takes %s', (text) => expect(parseImageName(text)).toBeDefined());

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
    `a/${'b'.repeat(254)}`,
  ])('refuses %j', (text) => expect(parseImageName(text)).toBeUndefined());

  it.each([
    ['alpine', 'docker.io', 'alpine', 'latest', 'alpine:latest'],
    ['abc123', 'docker.io', 'abc123', 'latest', 'abc123:latest'],
    ['team/app:1.2-rc_1', 'docker.io', 'team/app', '1.2-rc_1', 'team/app:1.2-rc_1'],
    ['localhost/app', 'localhost', 'localhost/app', 'latest', 'localhost/app:latest'],
    ['127.0.0.1:5000/app:1', '127.0.0.1:5000', '127.0.0.1:5000/app', '1', '127.0.0.1:5000/app:1'],
    [`ghcr.io/a__b/c@${DIGEST}`, 'ghcr.io', 'ghcr.io/a__b/c', DIGEST, `ghcr.io/a__b/c@${DIGEST}`],
  ])('%s has its parts', (text, registry, repository, version, name) => {
    expect(parseImageName(text)).toEqual({ registry, repository, version, name });
  });

  it.each([
    ['debian', 'docker.io/library/debian'],
    ['docker.io/debian:12', 'docker.io/library/debian'],
    ['docker.io/library/debian', 'docker.io/library/debian'],
    ['team/app', 'docker.io/team/app'],
    ['REGISTRY.example.com/team/app:2', 'registry.example.com/team/app'],
  ])('%s is in full %s', (text, full) => {
    const name = parseImageName(text);
    expect(name && fullRepository(name)).toBe(full);
  });

  it('answers at once, whatever it is asked', () => {
    const begin = performance.now();
    for (const part of ['a', 'a-', 'a.', 'a/', 'a_', 'a:', 'A', '[', 'a@', '1.1', '--']) {
      for (const end of ['', '!', '\n', '/', ':']) parseImageName(part.repeat(255).slice(0, 254) + end);
    }
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
