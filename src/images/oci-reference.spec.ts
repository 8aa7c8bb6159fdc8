import { isOciReference } from './oci-reference';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

describe('isOciReference', () => {
  it.each([
    'debian',
    'debian:12',
    'library/debian',
    'docker.io/library/debian:12',
    'localhost/a',
    'localhost:5000/a_b/c__d/e-f/g.h:v1.2-x_Y',
    'registry.example.com:443/team/app:latest',
    '[::1]:5000/a',
    `debian@${DIGEST}`,
    `ghcr.io/a/b:1@${DIGEST}`,
    'ubuntu-22.04',
    `a/${'b'.repeat(253)}`,
  ])('takes %s', (text) => expect(isOciReference(text)).toBe(true));

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
  ])('refuses %j', (text) => expect(isOciReference(text)).toBe(false));

  it('answers at once, whatever it is asked', () => {
    const begin = performance.now();
    for (const part of ['a', 'a-', 'a.', 'a/', 'a_', 'a:', 'A', '[', 'a@', '1.1', '--']) {
      for (const end of ['', '!', '\n', '/', ':']) isOciReference(part.repeat(255).slice(0, 254) + end);
    }
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
