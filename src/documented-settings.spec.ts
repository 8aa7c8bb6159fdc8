import { readDocument } from '../test/support/documents';
import { settings } from './settings';

interface Setting {
  readonly key: string;
  readonly byDefault: string;
  readonly meaning: string;
}

const DECLARED: readonly Setting[] = Object.entries(settings.variables).map(
  ([key, { default: value, desc }]) => ({
    key,
    byDefault: String(value),
    meaning: desc ?? '',
  }),
);

/** Parses blocks of comment lines followed by `KEY=default`. */
function settingsOf(envFile: string): readonly Setting[] {
  return envFile.split('\n\n').flatMap((block) => {
    const lines = block.trim().split('\n');
    const [, key, byDefault = ''] = /^(\w+)=(.*)$/.exec(lines.at(-1) ?? '') ?? [];
    const comment = lines.slice(0, -1).map((line) => line.replace(/^# /, ''));
    return key === undefined ? [] : [{ key, byDefault, meaning: comment.join(' ') }];
  });
}

describe('the documentation of settings', () => {
  it('.env.example lists every setting in order, with its default and meaning', () => {
    expect(settingsOf(readDocument('.env.example'))).toEqual(DECLARED);
  });

  it('.env.example contains only settings', () => {
    const keys = [...readDocument('.env.example').matchAll(/^#? ?(\w+)=/gm)].map(([, key]) => key);

    expect(keys).toEqual(DECLARED.map(({ key }) => key));
  });

  it('describes every setting', () => {
    expect(DECLARED.filter(({ meaning }) => meaning === '')).toEqual([]);
  });
});
