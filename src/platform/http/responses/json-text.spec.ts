import { countJson, findDuplicateMember } from './json-text';

describe('findDuplicateMember', () => {
  const find = (text: string): string | undefined => {
    const json = Buffer.from(text);
    return findDuplicateMember(json, JSON.parse(text), countJson(json, Infinity).members);
  };

  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"b":{"c":[1,2],"d":"x"},"a":2}', 'a'],
    ['{"a":{"b":1,"c":2,"b":3}}', 'a.b'],
    ['[{"a":1},{"b":1,"b":2}]', '1.b'],
    ['{"a":{"b":[0,[],{"c":{"d":1}},{"c":1,"c":2}]}}', 'a.b.3.c'],
    ['{"a":[{"x":1}],"x":1,"a":2}', 'a'],
    [String.raw`{"a":1,"\u0061":2}`, 'a'],
    [String.raw`{"a\"":"\\","a\u0022":2}`, 'a"'],
    ['{"":1,"":2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{ "ü" : 1 , "ü" : 2 }', 'ü'],
  ])('finds the duplicate in %s', (text, path) => {
    expect(find(text)).toBe(path);
  });

  it.each([
    '{"a":1,"b":2}',
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":["a","a","a"],"b":1}',
    String.raw`{"a":"\",\"a\":1,","b":"{\"a\":1,\"a\":2}"}`,
    String.raw`{"a":"\\","b":"\\\\"}`,
    '{"a":1,"A":2}',
    'null',
    '"a"',
    '['.repeat(5000) + ']'.repeat(5000),
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
    '{"a:b":"c:d"}',
  ])('finds no duplicate in %.40s', (text) => {
    expect(find(text)).toBeUndefined();
  });
});

describe('countJson', () => {
  it.each([
    ['{"a":1,"b":2}', 2, 2],
    ['[1,2,3]', 3, 0],
    ['{"a":[],"b":{"c":"x,y[{"}}', 4, 3],
    [String.raw`["\\",",\",["]`, 2, 0],
    ['["a,b:c"]', 1, 0],
    ['[[[[', 4, 0],
    ['{"never closed,,,:', 1, 0],
  ])('counts in %s: %i values, %i members', (text, values, members) => {
    const json = Buffer.from(text);
    expect(countJson(json, values)).toEqual({ values, members });
    expect(countJson(json, values - 1).values).toBe(values);
  });

  it('stops after the first value too many', () => {
    expect(countJson(Buffer.from('[1,2,3,{"a":1}]'), 2)).toEqual({ values: 3, members: 0 });
  });
});
