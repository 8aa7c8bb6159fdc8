import { isAsShown, shellBlocksOf } from './shell-blocks';

const ID = '01a20d60-b62a-7479-8ffd-6cdc5b1d13c7';
const OTHER_ID = '01a22010-1ca3-72e8-a4ad-69eb5840fed7';

describe('shell blocks of a document', () => {
  it('use the next block without a language as their output', () => {
    const blocks = shellBlocksOf(
      '# A\n```bash\nls\ncd x\n```\n\nprints\n\n```\na\nb\n```\n```sh\npwd\n```\n',
    );

    expect(blocks).toEqual([
      { line: 2, commands: 'ls\ncd x', shown: 'a\nb', notRun: undefined, engine: undefined },
      { line: 13, commands: 'pwd', shown: '', notRun: undefined, engine: undefined },
    ]);
  });

  it('split a transcript into its commands', () => {
    expect(shellBlocksOf('```\n$ ls\na\nb\n$ pwd\n```')).toEqual([
      { line: 2, commands: 'ls', shown: 'a\nb\n', notRun: undefined, engine: undefined },
      { line: 5, commands: 'pwd', shown: '', notRun: undefined, engine: undefined },
    ]);
  });

  it('are skipped only with a reason', () => {
    const [first, second] = shellBlocksOf(
      '<!-- not run: needs systemd -->\n\n```sh\na\n```\n<!-- not run: -->\n```sh\nb\n```',
    );

    expect(first?.notRun).toBe('needs systemd');
    expect(second?.notRun).toBeUndefined();
  });

  it('name the engine that they need', () => {
    const [first, second] = shellBlocksOf(
      '<!-- run on: qemu -->\n\n```sh\na\n```\n<!-- run on: xen -->\n```sh\nb\n```',
    );

    expect(first?.engine).toBe('qemu');
    expect(second?.engine).toBeUndefined();
  });
});

describe('shown output', () => {
  it.each([
    ['with other line breaks', '{"a":1,"b":2}', '{"a":1,\n"b":2}'],
    ['with something left out', '{"a":1,"b":2,"c":3}', '{"a":1,…,"c":3}'],
    ['with another id', `{"id":"${OTHER_ID}"}`, `{"id":"${ID}"}`],
    ['with the beginning of an id', `{"id":"${OTHER_ID}","a":1}`, '{"id":"01a20d60-b62a-…","a":1}'],
    ['with other times', '{"at":1795829191} 2026-11-28T01:02:03Z', '{"at":1795520771} 2026-11-24T18:58:36Z'],
    [
      'with another page token',
      '{"nextPageToken":"AaINYMdNdyi1vMBYj9b6zZ"}',
      '{"nextPageToken":"AaINYMdNdyi1vMBYj9b6zQ"}',
    ],
  ])('matches %s', (_, output, shown) => {
    expect(isAsShown(output, shown)).toBe(true);
  });

  it.each([
    ['another value', '{"status":"running"}', '{"status":"stopped"}'],
    ['more than is shown', '{"a":1}{"b":2}', '{"a":1}'],
    ['less than is shown', '{"a":1}', '{"a":1}…{"b":2}'],
    ['characters that a pattern reads differently', 'aXb', 'a.b'],
    ['any output if none is shown', 'error', ''],
  ])('does not match %s', (_, output, shown) => {
    expect(isAsShown(output, shown)).toBe(false);
  });
});
