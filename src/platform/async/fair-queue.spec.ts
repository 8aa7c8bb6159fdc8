import { FairQueue } from './fair-queue';

function filled(groups: Readonly<Record<string, number>>): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const [group, count] of Object.entries(groups)) {
    for (let number = 1; number <= count; number++) queue.push(group, `${group}${number}`);
  }
  return queue;
}

describe('FairQueue', () => {
  it('serves groups in turn and each group in the order of arrival', () => {
    expect(filled({ a: 4, b: 2, c: 1 }).take(10)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('continues with the next group in the next take', () => {
    const queue = filled({ a: 3, b: 3 });
    expect(queue.take(3)).toEqual(['a1', 'b1', 'a2']);
    expect(queue.take(2)).toEqual(['b2', 'a3']);
    expect(queue.length).toBe(1);
  });

  it('serves a new group within one turn despite 10,000 items of another group', () => {
    const queue = filled({ a: 10_000 });
    queue.take(5000);
    queue.push('b', 'b1');
    expect(queue.take(2)).toContain('b1');
    expect(queue.take(10_000)).toHaveLength(4999);
    expect(queue.take(1)).toEqual([]);
  });

  it('works again after it was empty', () => {
    const queue = filled({ a: 1 });
    expect([queue.take(2), queue.length]).toEqual([['a1'], 0]);
    queue.push('a', 'a2');
    expect([queue.take(2), queue.length]).toEqual([['a2'], 0]);
  });

  it('removes single items, and the turn of a group without items', () => {
    const queue = filled({ a: 3, b: 1, c: 1 });
    queue.remove('a', 'a2');
    queue.remove('b', 'b1');
    queue.remove('b', 'b1');
    expect(queue.length).toBe(3);
    queue.push('b', 'b2');
    expect(queue.take(10)).toEqual(['a1', 'c1', 'b2', 'a3']);
    queue.remove('a', 'a1');
    expect([queue.take(1), queue.length]).toEqual([[], 0]);
  });

  it('removes the newest item of the largest group', () => {
    const queue = filled({ a: 1, b: 3 });
    expect([queue.largest(), queue.sizeOf('b'), queue.sizeOf('x')]).toEqual(['b', 3, 0]);
    expect(queue.takeNewest('b')).toBe('b3');
    expect(queue.takeNewest('x')).toBeUndefined();
    expect(queue.take(10)).toEqual(['a1', 'b1', 'b2']);
    expect([queue.largest(), queue.takeNewest('b')]).toEqual([undefined, undefined]);
  });
});
