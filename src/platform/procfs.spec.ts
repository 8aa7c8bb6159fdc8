import { parseStat } from './procfs';

describe('/proc/<pid>/stat', () => {
  const textOf = (name: string, state: string): string => {
    const others = Array.from({ length: 49 }, (_, index) => index + 4);
    return `4711 (${name}) ${[state, ...others].join(' ')}\n`;
  };

  it.each(['node', 'a b', ') Z 1 (', '\n'])('is parsed whatever the name of the process: %j', (name) => {
    // The fields 22, and 14 and 15.
    expect(parseStat(textOf(name, 'S'))).toEqual({ startTime: '22', cpuSeconds: (14 + 15) / 100 });
  });

  it.each(['Z', 'X'])('is undefined for a process that has ended: %s', (state) => {
    expect(parseStat(textOf('node', state))).toBeUndefined();
  });
});
