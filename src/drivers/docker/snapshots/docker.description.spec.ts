import { parseDescription, toText } from './docker.description';

const DESCRIPTION = {
  deployment: 'one',
  tenantId: '../x; $(id) "ä" \\',
  original: { entrypoint: ['a b'], command: ['"'], env: ['A=\n'], sizeBytes: 7 },
};

describe('the description of a snapshot in a label', () => {
  it('is read as it was written, and needs no quotes', () => {
    const text = toText(DESCRIPTION);
    expect(text).toMatch(/^[\w-]+$/);
    expect(parseDescription(text)).toEqual(DESCRIPTION);
  });

  it.each([
    ['no text', undefined],
    ['no JSON', 'x'],
    ['no object', toBase64(['one'])],
    ['no original image', toBase64({ deployment: 'one', tenantId: 't' })],
    [
      'a number as an argument',
      toBase64({ ...DESCRIPTION, original: { ...DESCRIPTION.original, env: [1] } }),
    ],
    ['no size', toBase64({ ...DESCRIPTION, original: { ...DESCRIPTION.original, sizeBytes: '7' } })],
  ])('is missing if there is %s', (_, text) => expect(parseDescription(text)).toBeUndefined());
});

function toBase64(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
