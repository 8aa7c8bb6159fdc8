import { setImmediate as turn } from 'node:timers/promises';
import { RequestTurns } from './request-turns';

describe('RequestTurns', () => {
  let turns: RequestTurns;
  let begun: string[];
  let now: number;
  beforeEach(() => {
    now = 0;
    turns = new RequestTurns(() => now);
    begun = [];
  });
  /** Takes longer than a turn may take. */
  const work = (): void => void (now += 5);
  const send = (group: string, count = 1, cost = work): void => {
    for (let i = 0; i < count; i++)
      turns.take(group, () => {
        begun.push(group);
        cost();
      });
  };

  it('starts a request at once if nothing else happens', () => {
    send('a');
    expect(begun).toEqual(['a']);
  });

  it('starts cheap requests that arrive together at once', () => {
    send('a', 5, () => undefined);
    expect(begun).toHaveLength(5);
  });

  it('starts one expensive request per turn of the event loop', async () => {
    send('a', 3);
    expect(begun).toHaveLength(1);
    await turn();
    expect(begun).toHaveLength(2);
    await turn();
    expect(begun).toHaveLength(3);
  });

  it('counts work after an await', async () => {
    const begin = async (): Promise<void> => {
      begun.push('a');
      await Promise.resolve();
      await Promise.resolve();
      work();
    };
    send('a');
    for (let i = 0; i < 3; i++) turns.take('a', () => void begin());
    for (let count = 1; count <= 4; count++) {
      expect(begun).toHaveLength(count);
      await turn();
    }
  });

  it('starts several waiting cheap requests in one turn', async () => {
    send('a');
    send('a', 10, () => undefined);
    expect(begun).toHaveLength(1);
    await turn();
    expect(begun).toHaveLength(11);
  });

  it('starts a request of another group next, despite the backlog', async () => {
    send('a', 20);
    send('b');
    while (begun.length < 21) await turn();
    expect(begun.slice(0, 3)).toEqual(['a', 'a', 'b']);
  });

  it('starts all requests, in order within their group', async () => {
    const order: number[] = [];
    for (let i = 0; i < 20; i++) {
      turns.take('a', () => {
        order.push(i);
        if (i % 3 === 0) work();
      });
    }
    while (order.length < 20) await turn();
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it('starts no requests while connections arrive, and then those of each group in turn', async () => {
    turns.onConnection();
    send('a', 19, () => undefined);
    for (let i = 0; i < 5; i++) {
      turns.onConnection();
      await turn();
    }
    send('b', 1, () => undefined);
    expect(begun).toEqual([]);
    while (begun.length < 20) await turn();
    expect(begun.slice(0, 2)).toEqual(['a', 'b']);
  });

  it('starts requests even if connections never stop arriving', async () => {
    turns.onConnection();
    send('a', 20, () => undefined);
    for (; now < 10; now++) {
      expect(begun).toEqual([]);
      turns.onConnection();
      await turn();
    }
    turns.onConnection();
    await turn();
    expect(begun).toHaveLength(20);
  });

  it('queues requests that arrive while another one starts', async () => {
    turns.take('a', () => {
      work();
      send('a');
    });
    expect(begun).toEqual([]);
    await turn();
    expect(begun).toEqual(['a']);
  });
});
