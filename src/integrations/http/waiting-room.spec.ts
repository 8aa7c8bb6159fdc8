import { NoRoomError, WaitingRoom } from './waiting-room';

const NEVER = new AbortController().signal;

/** Work that ends when the test says so. */
function held(): { readonly work: () => Promise<string>; readonly end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended.then(() => 'done'), end };
}

describe('WaitingRoom', () => {
  it('lets the next one in when somebody leaves', async () => {
    const room = new WaitingRoom(1, 1);
    const [first, second] = [held(), held()];
    const results = [room.run(first.work, NEVER), room.run(second.work, NEVER)];
    second.end();
    first.end();
    await expect(Promise.all(results)).resolves.toEqual(['done', 'done']);
  });

  it('refuses at once what has no room to wait', async () => {
    const room = new WaitingRoom(1, 0);
    const first = held();
    const inside = room.run(first.work, NEVER);
    await expect(room.run(held().work, NEVER)).rejects.toThrow(NoRoomError);
    first.end();
    await inside;
  });

  it('gives the place to whoever still waits, past those that have given up', async () => {
    const room = new WaitingRoom(1, 10);
    const first = held();
    const inside = room.run(first.work, NEVER);
    const leaving = new AbortController();
    const given = Array.from({ length: 5 }, () => room.run(held().work, leaving.signal));
    const patient = held();
    const last = room.run(patient.work, NEVER);
    leaving.abort(new Error('gone'));
    for (const one of given) await expect(one).rejects.toThrow('gone');
    patient.end();
    first.end();
    await inside;
    await expect(last).resolves.toBe('done');
  });
});
