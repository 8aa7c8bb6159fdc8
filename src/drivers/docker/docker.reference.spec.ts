import { parseReference } from './docker.reference';

describe('the name of an image', () => {
  it.each([
    ['alpine', 'docker.io', 'alpine', 'latest'],
    ['alpine:3', 'docker.io', 'alpine', '3'],
    ['team/app:1.2-rc_1', 'docker.io', 'team/app', '1.2-rc_1'],
    ['localhost/app', 'localhost', 'localhost/app', 'latest'],
    ['127.0.0.1:5000/app:1', '127.0.0.1:5000', '127.0.0.1:5000/app', '1'],
    [
      'ghcr.io/team/a__b/c-d@sha256:' + 'a'.repeat(64),
      'ghcr.io',
      'ghcr.io/team/a__b/c-d',
      'sha256:' + 'a'.repeat(64),
    ],
  ])('%s has its parts', (name, registry, repository, version) => {
    expect(parseReference(name)).toEqual({ name, registry, repository, version });
  });

  it.each([
    '',
    '../containers/x',
    'a/../b',
    'a//b',
    '/etc/passwd',
    'Alpine',
    'alpine:',
    'alpine:x/2',
    'alpine;rm -rf /',
    '$(id)',
    'a b',
    'alpine\n',
    'alpine?x=1',
    'alpine#x',
    '--privileged',
    'a'.repeat(600),
    'a'.repeat(64),
    'sha256:' + 'a'.repeat(64),
    'alpine@sha256:short',
    'x.io:port/app',
    'a___b',
  ])('%j is none', (name) => {
    expect(() => parseReference(name)).toThrow('The image is no name of a container image');
  });
});
