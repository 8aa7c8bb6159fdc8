import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import { toAddresses, toListedObservation, toObservation } from './docker.observation';

const STATE = {
  Status: 'exited',
  Running: false,
  Paused: false,
  Restarting: false,
  OOMKilled: false,
  Dead: false,
  Pid: 0,
  ExitCode: 0,
  Error: '',
  StartedAt: '',
  FinishedAt: '',
};
const observe = (parts: Partial<typeof STATE>, bootedAt?: number) => {
  const found: Pick<ContainerInspectInfo, 'State'> = { State: { ...STATE, ...parts } };
  return toObservation(found, bootedAt);
};
const observeListed = (State: string, Status: string, Ports: ContainerInfo['Ports'] = []) => {
  return toListedObservation({ State, Status, Ports });
};
const RUNNING = { presence: 'present', power: 'running' };
const PAUSED = { presence: 'present', power: 'paused' };
const DEAD = {
  presence: 'present',
  power: 'failed',
  reason: 'the engine failed to remove it and reports it as dead',
};
const stopped = (reason: string, isFailure = true) => {
  return { presence: 'present', power: 'stopped', reason, ending: { isFailure } };
};

describe('the addresses of a container', () => {
  it('are those of all its networks, of both families', () => {
    const [mac, other] = ['02:42:ac:12:00:02', '02:42:ac:13:00:02'];
    const Networks = {
      second: { IPAddress: '172.19.0.2', GlobalIPv6Address: 'fd00::2', MacAddress: other },
      first: { IPAddress: '172.18.0.2', GlobalIPv6Address: '', MacAddress: mac },
    };
    expect(toAddresses({ Networks })).toEqual([
      { address: '172.18.0.2', family: 'ipv4', network: 'first', mac },
      { address: '172.19.0.2', family: 'ipv4', network: 'second', mac: other },
      { address: 'fd00::2', family: 'ipv6', network: 'second', mac: other },
    ]);
  });

  it('are none without an address or a network', () => {
    const none = { IPAddress: '', GlobalIPv6Address: '', MacAddress: '' };
    expect(toAddresses({ Networks: { none } })).toEqual([]);
    expect(toAddresses({ Networks: null })).toEqual([]);
    expect(toAddresses(undefined)).toEqual([]);
  });
});

describe('the observation of a container', () => {
  it.each([
    [{ Status: 'running', Running: true }, RUNNING],
    [{ Status: 'paused', Running: true, Paused: true }, PAUSED],
    [{ Status: 'paused', Running: false, Paused: true }, PAUSED],
    [{ Status: 'created' }, { presence: 'present', power: 'stopped' }],
    [{ ExitCode: 0 }, stopped('the program exited (exit code 0)', false)],
    [{ ExitCode: 3 }, stopped('exited with code 3')],
    [{ ExitCode: 128, Error: 'id already in use' }, stopped('the engine lost the process while starting it')],
    [{ ExitCode: 137 }, stopped('killed by signal 9 (exit code 137)')],
    [{ ExitCode: 137, OOMKilled: true }, stopped('killed because it ran out of memory')],
    [{ Dead: true }, DEAD],
    [
      { ExitCode: 127, Error: 'exec: no' },
      { presence: 'present', power: 'failed', reason: 'exec: no' },
    ],
  ])('%j', (state, observation) => {
    expect(observe(state)).toEqual(observation);
  });

  it('shows that the host was restarted since the program was started', () => {
    const bootedAt = Date.UTC(2026, 0, 2);
    const killed = (StartedAt: string) => observe({ ExitCode: 255, StartedAt }, bootedAt);
    expect(killed('2026-01-01T23:59:59.5Z')).toMatchObject({
      ending: { isFailure: true, isHostRestarted: true },
    });
    expect(killed('2026-01-02T00:00:01Z')).toEqual(stopped('exited with code 255'));
    expect(
      observe({ Status: 'running', Running: true, StartedAt: '2026-01-01T00:00:00Z' }, bootedAt),
    ).toEqual(RUNNING);
  });

  it.each([
    ['running', 'Up 2 seconds', { ...RUNNING, ports: [] }],
    ['created', 'Created', { presence: 'present', power: 'stopped' }],
    ['exited', 'Exited (0) 2 seconds ago', stopped('the program exited (exit code 0)', false)],
    ['exited', 'Exited (3) 2 seconds ago', stopped('exited with code 3')],
    ['dead', 'Dead', DEAD],
  ])('from a list: %s, %s', (state, status, observation) => {
    expect(observeListed(state, status)).toEqual(observation);
  });

  it('from a list: includes published ports, but not ports that the image only exposes', () => {
    const published = { IP: '127.0.0.1', PrivatePort: 80, PublicPort: 32768, Type: 'tcp' };
    const named = { IP: '', PrivatePort: 443, PublicPort: 0, Type: 'tcp' };

    expect(observeListed('running', 'Up 2 seconds', [published, named])).toEqual({
      ...RUNNING,
      ports: [{ port: 80, protocol: 'tcp', address: '127.0.0.1', hostPort: 32768 }],
    });
  });
});
