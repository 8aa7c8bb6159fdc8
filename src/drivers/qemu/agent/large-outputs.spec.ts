import { LargeOutputs } from './large-outputs';

describe('large outputs', () => {
  const { signal } = new AbortController();

  it('have one place for each tenant', async () => {
    const outputs = new LargeOutputs();
    const leave = await outputs.enter('a', signal);
    const order: string[] = [];
    const second = outputs.enter('a', signal).then(() => order.push('second'));
    await outputs.enter('b', signal);
    order.push('another tenant');
    leave();
    await second;
    expect(order).toEqual(['another tenant', 'second']);
  });

  it('are not waited for forever', async () => {
    const outputs = new LargeOutputs(1, 20);
    const leave = await outputs.enter('a', signal);
    await expect(outputs.enter('a', signal)).rejects.toMatchObject({ name: 'DriverError', retryable: false });
    leave();
    await outputs.enter('a', signal);
  });

  it('are not waited for after an abort', async () => {
    const outputs = new LargeOutputs();
    await outputs.enter('a', signal);
    const leaving = new AbortController();
    const second = outputs.enter('a', leaving.signal);
    leaving.abort(new Error('left'));
    await expect(second).rejects.toThrow('left');
  });
});
