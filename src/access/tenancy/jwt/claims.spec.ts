import { actorOf, hasOperatorRole, readClaim } from './claims';

describe('claims', () => {
  const claims = {
    tenant_id: 'acme',
    realm_access: { roles: ['viewer'] },
    'https://example.com/tenant': 'dotted',
    'a.b': 'whole',
    a: { b: 'path' },
  };

  it.each([
    ['tenant_id', 'acme'],
    ['realm_access.roles', ['viewer']],
    ['https://example.com/tenant', 'dotted'],
    ['a.b', 'whole'],
    ['tenant_id.length', undefined],
    ['realm_access.roles.length', undefined],
    ['constructor', undefined],
    ['a.__proto__', undefined],
    ['nothing.at.all', undefined],
  ])('are read by name or path: %s', (path, value) => {
    expect(readClaim(claims, path)).toEqual(value);
  });

  it.each([
    [['viewer', 'compute:operator'], true],
    ['viewer compute:operator', true],
    ['compute:operator', true],
    ['compute:operators', false],
    [['compute:operator viewer'], false],
    [[['compute:operator']], false],
    [{ 'compute:operator': true }, false],
    [undefined, false],
    [null, false],
    [true, false],
  ])('grant operator rights for the roles %j: %s', (roles, expected) => {
    expect(hasOperatorRole(roles)).toBe(expected);
  });

  it.each([
    ['auth0|5f7c', 'user:auth0|5f7c'],
    ['system:reconciler', 'user:system:reconciler'],
    ['two words\r\n', 'user:two?words??'],
    ['x'.repeat(200), `user:${'x'.repeat(123)}`],
    ['', undefined],
    [42, undefined],
    [undefined, undefined],
  ])('name the actor for the subject %j', (sub, actor) => {
    expect(actorOf({ sub })).toBe(actor);
  });
});
