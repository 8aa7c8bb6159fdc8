import fc from 'fast-check';
import { fromEventId, fromPgSnapshot, toEventId, toPgSnapshot, type Position } from './cursor';
import { InvalidEventIdError } from './event.errors';

/** Transaction ids are never a multiple of this. */
const EPOCH = 1n << 32n;
const snapshots = fc
  .tuple(fc.bigInt(1n, 1n << 60n), fc.uniqueArray(fc.bigInt(0n, 5000n), { maxLength: 50 }))
  .map(([xmin, distances]) => {
    const inProgress = distances.toSorted((a, b) => (a < b ? -1 : 1)).map((distance) => xmin + distance);
    return { xmin, xmax: (inProgress.at(-1) ?? xmin) + 1n, inProgress };
  })
  .filter(({ xmin, xmax }) => xmin % EPOCH !== 0n && xmax % EPOCH !== 0n);
const positions = fc.oneof(
  snapshots.map((since): Position => ({ since })),
  fc
    .tuple(snapshots, snapshots, fc.bigInt(0n, 1n << 60n))
    .map(([since, until, seq]): Position => ({ since, rest: { until, seq } })),
);

describe('an event id', () => {
  it('encodes a position', () => {
    fc.assert(
      fc.property(positions, (position) => expect(fromEventId(toEventId(position))).toEqual(position)),
    );
  });

  it('has a maximum length', () => {
    expect(() => fromEventId('x'.repeat(8193))).toThrow(InvalidEventIdError);
  });

  it('is at most 24 characters long for a typical position', () => {
    const since = fromPgSnapshot('1000000:1000003:1000000,1000002');
    const until = fromPgSnapshot('1000002:1000007:1000002');
    expect(toEventId({ since, rest: { until, seq: 123_456n } }).length).toBeLessThanOrEqual(24);
  });

  it('is never decoded from any other text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.uint8Array().map(base64)), (text) => {
        try {
          expect(toEventId(fromEventId(text))).toBe(text);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidEventIdError);
        }
      }),
    );
  });

  it.each(['', '0', 'AQ', 'AQAAAA', 'AQEBAQE', '1', '-1', 'not an id', 'x'.repeat(8193), '_'.repeat(100)])(
    'is not decoded from %j',
    (text) => expect(() => fromEventId(text)).toThrow(InvalidEventIdError),
  );
});

describe('a forged event id', () => {
  // The service never issues such ids, but clients can send them, and PostgreSQL rejects such transaction ids.
  it.each([EPOCH, 5n * EPOCH, 1n << 55n])('is rejected if a snapshot starts or ends at %s', (xid) => {
    for (const since of [
      { xmin: xid - 1n, xmax: xid, inProgress: [] },
      { xmin: xid, xmax: xid + 1n, inProgress: [] },
    ]) {
      expect(() => fromEventId(toEventId({ since }))).toThrow(InvalidEventIdError);
    }
  });
});

describe('a snapshot', () => {
  it.each(['10:10:', '10:20:', '10:20:10,15,19'])('has the text format of PostgreSQL: %s', (text) => {
    expect(toPgSnapshot(fromPgSnapshot(text))).toBe(text);
  });

  it.each(['', '10', '10:20', 'x:20:'])('is not parsed from %j', (text) => {
    expect(() => fromPgSnapshot(text)).toThrow('is not a snapshot');
  });
});

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
