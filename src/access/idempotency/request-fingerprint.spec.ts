import { fingerprintOf, type RoutedRequest } from './request-fingerprint';
import { ValidationFailedError } from '../../platform/errors/service.errors';

const ID = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
const REQUEST: RoutedRequest = {
  method: 'POST',
  url: `/api/v1/compute/instances/${ID}/volumes`,
  route: { path: '/api/v1/compute/instances/:id/volumes' },
  params: { id: ID },
  query: {},
  body: { name: 'disk', sizeGB: 5, tags: { a: ['x', { p: 1, q: null }], b: 'y' } },
};

describe('fingerprintOf', () => {
  it.each<[string, Partial<RoutedRequest>]>([
    ['a trailing slash', { url: `${REQUEST.url}/` }],
    ['the id in capitals', { params: { id: ID.toUpperCase() } }],
    ['a flag that is false', { query: { dryRun: 'false', force: 'false' } }],
    [
      'the order of members',
      { body: { tags: { b: 'y', a: ['x', { q: null, p: 1 }] }, sizeGB: 5, name: 'disk' } },
    ],
  ])('does not depend on %s', (_, part) => {
    expect(fingerprintOf({ ...REQUEST, ...part })).toBe(fingerprintOf(REQUEST));
  });

  it('does not depend on the order of the query', () => {
    const [one, other] = [
      { a: '1', b: '2' },
      Object.fromEntries([
        ['b', '2'],
        ['a', '1'],
      ]),
    ];
    expect(fingerprintOf({ ...REQUEST, query: one })).toBe(fingerprintOf({ ...REQUEST, query: other }));
  });

  it('is the same for no body, null and an empty object', () => {
    const [none, ...others] = [undefined, null, {}].map((body) => fingerprintOf({ ...REQUEST, body }));
    expect(others).toEqual([none, none]);
  });

  it.each<[string, Partial<RoutedRequest>]>([
    ['the method', { method: 'DELETE' }],
    ['the route', { route: { path: '/api/v1/compute/instances/:id/networks' } }],
    ['the instance', { params: { id: ID.replace('0', '1') } }],
    ['the case of another service’s id', { params: { id: ID, volumeId: 'A' } }],
    ['a flag', { query: { force: 'true' } }],
    [
      'the order of a list',
      { body: { ...Object(REQUEST.body), tags: { a: [{ p: 1, q: null }, 'x'], b: 'y' } } },
    ],
    ['a type', { body: { ...Object(REQUEST.body), sizeGB: '5' } }],
    ['a null', { body: { ...Object(REQUEST.body), more: null } }],
    ['where a text ends', { body: { name: 'disk","sizeGB":5,"tags' } }],
  ])('depends on %s', (name, part) => {
    const base = name.startsWith('the case') ? { ...REQUEST, params: { id: ID, volumeId: 'a' } } : REQUEST;
    expect(fingerprintOf({ ...base, ...part })).not.toBe(fingerprintOf(base));
  });

  it('rejects a body that is nested too deeply', () => {
    const body: unknown = JSON.parse('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000));
    expect(() => fingerprintOf({ ...REQUEST, body })).toThrow(ValidationFailedError);
  });
});
