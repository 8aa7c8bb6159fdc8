import { readMessages } from './event-stream';

describe('an event stream', () => {
  const messagesOf = async (...chunks: readonly string[]) => {
    async function* bytes() {
      for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
    }
    const messages = [];
    for await (const message of readMessages(bytes())) messages.push(message);
    return messages;
  };

  it('is parsed regardless of chunk boundaries and line endings', async () => {
    const expected = [{ id: '1', event: 'message', data: 'a\nb' }];
    expect(await messagesOf('id: 1\ndata: a\ndata:b\n\n')).toEqual(expected);
    expect(await messagesOf('id: 1\r', '\ndata: a\r\nda', 'ta: b\r\n\r', '\n')).toEqual(expected);
    expect(await messagesOf(': ping\n\nid: 1\nretry: 5\ndata: a\ndata: b\n\ndata: half')).toEqual(expected);
    expect(await messagesOf('id: 1\n\n:\n\n')).toEqual([{ id: '1', event: 'message', data: '' }]);
  });

  it('limits the length of lines and events', async () => {
    await expect(messagesOf('x'.repeat(2_000_000))).rejects.toThrow('a line is too long');
    const lines = `data: ${'x'.repeat(600_000)}\n`;
    await expect(messagesOf(lines, lines)).rejects.toThrow('an event is too long');
  });
});
