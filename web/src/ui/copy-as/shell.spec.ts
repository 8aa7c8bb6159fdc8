import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { isWord, quoteShell, shellCommand } from './shell';

const HOSTILE = [
  '',
  ' ',
  '-rf',
  '=ls',
  '~',
  '*',
  '{a,b}',
  "it's",
  "'; echo pwned; '",
  '$(id) `id` $HOME ${HOME}',
  'back\\slash\\',
  '"double"',
  'a\nb\n',
  '#!/bin/sh\necho "hello!" \'world!\'\n',
  '!!',
  'tab\there',
  '\r\n',
  '\u001b[201~\nid\n',
  "\u0007 ' \\ ! \u007f \u009b",
  'right\u202eto left\u2066',
  'é 日本 👩‍💻',
  '# no comment',
  'a & b | c > d < e; f',
];

describe('quoteShell', () => {
  it.each(['sh', 'bash'])('lets %s pass every text on unchanged', (shell) => {
    const words = HOSTILE.filter((word) => shell === 'bash' || !quoteShell(word).startsWith('$'));
    const output = execFileSync(shell, ['-c', `printf '%s\\0' ${words.map(quoteShell).join(' ')}`], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    });
    expect(output.split('\0').slice(0, -1)).toEqual(words);
  });

  it('leaves plain words as they are', () => {
    expect(quoteShell('debian-12')).toBe('debian-12');
    expect(quoteShell('https://cloud.example.com/api')).toBe('https://cloud.example.com/api');
  });

  it('prints no character that a terminal would act on', () => {
    const quoted = HOSTILE.map(quoteShell).join('');
    expect(quoted).not.toMatch(/[^\P{Cc}\n]/u);
    expect(quoted).not.toMatch(/[\u202e\u2066]/);
  });

  it('protects exclamation marks in text of several lines from the history of older shells', () => {
    expect(quoteShell('#!/bin/sh\nhello!')).toBe(String.raw`'#'\!'/bin/sh
hello'\!''`);
  });

  it('refuses text that no command line can contain', () => {
    expect(isWord('a\0b')).toBe(false);
    expect(isWord('\ud800')).toBe(false);
    expect(() => quoteShell('a\0b')).toThrow(RangeError);
  });
});

describe('shellCommand', () => {
  it('continues on the next line', () => {
    expect(shellCommand(['a b', '--c', '--d'])).toBe('a b \\\n  --c \\\n  --d');
  });
});
