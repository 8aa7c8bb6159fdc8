import { DriverError } from '../../port/driver-call';
import {
  hasLostProcess,
  isNameTaken,
  isPaused,
  lacksContainer,
  lacksImage,
  lacksNetwork,
  publicMessage,
  refusesDiskLimit,
  requestedPortTaken,
  toDriverError,
} from './docker.errors';

const answered = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${message}`), {
    statusCode,
    json: { message },
  });

const HEX = '0f'.repeat(32);
const KINDS = {
  hasLostProcess,
  isNameTaken,
  isPaused,
  lacksContainer,
  lacksImage,
  lacksNetwork,
  refusesDiskLimit,
};
type Kind = keyof typeof KINDS;

const kindsOf = (status: number, text: string): string[] =>
  Object.entries(KINDS).flatMap(([name, is]) => (is(answered(status, text)) ? [name] : []));

describe('the classification of engine errors', () => {
  it.each([
    [404, 'No such image: team/app:1', 'lacksImage'],
    [404, 'no such image: docker.io/team/app:1: image not known', 'lacksImage'],
    [404, 'network uim-a not found', 'lacksNetwork'],
    [404, `network ${HEX} not found`, 'lacksNetwork'],
    [
      500,
      'container create: unable to find network with name or ID uim-a: network not found',
      'lacksNetwork',
    ],
    [
      409,
      `Conflict. The container name "/uim-a" is already in use by container "${HEX}". You …`,
      'isNameTaken',
    ],
    [
      500,
      `container create: creating container storage: the container name "a" is already in use by ${HEX}. You …`,
      'isNameTaken',
    ],
    [409, 'network with name uim-a already exists', 'isNameTaken'],
    [500, 'network name uim-a already used: network already exists', 'isNameTaken'],
    [
      500,
      "--storage-opt is supported only for overlay over xfs with 'pquota' mount option",
      'refusesDiskLimit',
    ],
    [
      500,
      `container create: creating container storage: creating read-write layer with ID "${HEX}": --storage-opt is supported only for overlay over xfs with 'pquota' mount option`,
      'refusesDiskLimit',
    ],
    [409, 'cannot start a paused container, try unpause instead', 'isPaused'],
    [
      500,
      `container ${HEX} must be in Created or Stopped state to be started: container state improper`,
      'isPaused',
    ],
    [500, `task ${HEX}: already exists`, 'hasLostProcess'],
    [500, `failed to create task for container: task ${HEX}: already exists`, 'hasLostProcess'],
    [500, 'id already in use', 'hasLostProcess'],
    [404, 'No such container: uim-a', 'lacksContainer'],
    [404, 'no container with name or ID "a" found: no such container', 'lacksContainer'],
  ] satisfies [number, string, Kind][])('%d %s', (status, text, kind) => {
    expect(kindsOf(status, text)).toEqual([kind]);
  });

  const HOSTILE = [
    'id already in use',
    `task ${HEX}: already exists`,
    'network x not found',
    'network not found',
    'unable to find network with name or ID x: network not found',
    'no such image: x',
    'quota --storage-opt is supported',
    'cannot start a paused container',
    'Conflict. The container name x is already in use',
    'no such container',
    'iptables netavark failed to create endpoint',
    'no space left on device',
  ];

  describe.each(HOSTILE)('ignores text written by users: %s', (words) => {
    it.each([
      [
        `failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${words}": executable file not found in $PATH: unknown`,
      ],
      [
        `runc: runc create failed: unable to start container process: exec: "/${words}": stat /${words}: no such file or directory: OCI runtime attempted to invoke a command that was not found`,
      ],
    ])('as a command in %s', (text) => {
      for (const status of [400, 404, 409, 500]) {
        expect(kindsOf(status, text)).toEqual([]);
        expect(toDriverError('start it', answered(status, text))).toMatchObject({
          retryable: false,
          message: 'The program to run was not found in the image',
        });
      }
    });

    it('as the user of an image', () => {
      const text = `unable to find user ${words}: no matching entries in passwd file`;
      for (const status of [400, 404, 409, 500]) expect(kindsOf(status, text)).toEqual([]);
      expect(toDriverError('start it', answered(500, text))).toMatchObject({
        retryable: false,
        message: 'The user or group in the image configuration does not exist in the image',
      });
    });

    it('as the directory of an image', () => {
      const text = `lstat /var/lib/docker/overlay2/merged/${words}: not a directory`;
      for (const status of [400, 404, 409, 500]) expect(kindsOf(status, text)).toEqual([]);
      expect(toDriverError('make it', answered(500, text)).message).toMatch(
        /^The container engine could not make it: /,
      );
    });
  });
});

describe('a requested host port that is in use', () => {
  const ports = [
    { port: 81, protocol: 'udp', hostPort: 30_081 },
    { port: 80, protocol: 'tcp', hostPort: 30_080 },
    { port: 82, protocol: 'tcp' },
  ] as const;

  it.each([
    `driver failed programming external connectivity on endpoint uim-a (${HEX}): Bind for 127.0.0.1:30080 failed: port is already allocated`,
    `failed to set up container networking: driver failed programming external connectivity on endpoint uim-a (${HEX}): failed to bind host port 127.0.0.1:30080/tcp: address already in use`,
    'driver failed programming external connectivity: Error starting userland proxy: listen tcp4 0.0.0.0:30080: bind: address already in use',
    'cannot listen on the TCP port: listen tcp4 127.0.0.1:30080: bind: address already in use',
  ])('is named: %s', (text) => {
    const error = requestedPortTaken(answered(500, text), { ports });
    expect(error?.retryable).toBe(false);
    expect(error?.message).toMatch(/^Port 30080\/tcp of the host is in use/);
  });

  it.each([
    'Bind for 127.0.0.1:40000 failed: port is already allocated',
    'address already in use',
    'listen tcp4 0.0.0.0:30080: bind: permission denied',
    'OCI runtime create failed: exec: "x:30080 address already in use',
  ])('is not found in: %s', (text) => {
    expect(requestedPortTaken(answered(500, text), { ports })).toBeUndefined();
  });
});

describe('the conversion of engine errors', () => {
  it.each([
    [400, 'exec: "x": executable file not found in $PATH: unknown', false, 'not found in the image'],
    [404, 'exec: "/x": stat /x: no such file or directory: unknown', false, 'not found in the image'],
    [500, 'write /var/lib/docker/x: no space left on device', true, 'no disk space'],
    [500, 'could not find an available, non-overlapping IPv4 address pool', true, 'no addresses'],
    [400, 'No command specified', false, 'no program to run'],
    [500, 'id already in use', false, 'an operator must remove the process in containerd'],
    [400, 'something odd', false, 'could not make it: something odd'],
    [409, 'something odd', false, 'something odd'],
    [429, 'something odd', true, 'something odd'],
    [503, 'something odd', true, 'something odd'],
  ])('%d %s', (status, text, retryable, words) => {
    const error = toDriverError('make it', answered(status, text));
    expect(error.retryable).toBe(retryable);
    expect(error.message).toContain(words);
  });

  it('returns a retryable error if no response came', () => {
    const away = Object.assign(new Error('connect ENOENT /var/run/docker.sock'), { code: 'ENOENT' });
    expect(toDriverError('make it', away)).toMatchObject({
      retryable: true,
      message: 'The container engine is unreachable (make it)',
      cause: away,
    });
  });

  it('keeps a DriverError unchanged', () => {
    const error = new DriverError('x', { retryable: false });
    expect(toDriverError('make it', error)).toBe(error);
  });

  it('removes paths, addresses and ids', () => {
    const text =
      'Get "https://me:secret@10.0.0.1:5000/v2/": open /var/lib/docker/overlay2/x: dial 10.0.0.1:80, id 0123456789abcdef';
    expect(publicMessage(text)).not.toMatch(/secret|var|10\.0|0123/);
    expect(publicMessage('y'.repeat(5000)).length).toBeLessThan(400);
  });
});
