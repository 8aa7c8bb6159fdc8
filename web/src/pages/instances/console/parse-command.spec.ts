import { describe, expect, it } from '@jest/globals';
import { parseCommand } from './parse-command';

describe('command lines', () => {
  it('are split at spaces', () => {
    expect(parseCommand('  ls  -l /tmp ')).toEqual(['ls', '-l', '/tmp']);
    expect(parseCommand('')).toEqual([]);
  });

  it('keep spaces in quotes', () => {
    expect(parseCommand(`sh -c "echo 'a b'; exit 3"`)).toEqual(['sh', '-c', "echo 'a b'; exit 3"]);
    expect(parseCommand(`a='b c' ''`)).toEqual(['a=b c', '']);
  });

  it('leave everything else alone', () => {
    expect(parseCommand(String.raw`echo $HOME \n | cat`)).toEqual([
      'echo',
      '$HOME',
      String.raw`\n`,
      '|',
      'cat',
    ]);
  });

  it('need their quotes closed', () => {
    expect(parseCommand('sh -c "echo')).toBe('open-quote');
  });
});
