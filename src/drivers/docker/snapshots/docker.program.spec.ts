import { originalProgram } from './docker.program';

const ORIGINAL = { entrypoint: ['/init'], command: ['serve'], env: ['A=1', 'B=2=3'] };
const COPIED = { original: ORIGINAL, copiedNames: ['A', 'B', 'SECRET', 'PATH', 'TERM'] };
const NOTHING = { command: [], env: {} };
const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const [docker, podman] = [{ product: 'docker' }, { product: 'podman' }] as const;

describe('the program of a container from a snapshot', () => {
  it('is that of the original image, without variables of the instance', () => {
    expect(originalProgram(NOTHING, COPIED, docker)).toEqual({
      Entrypoint: ['/init'],
      Cmd: ['serve'],
      Env: ['A=1', 'B=2=3', 'SECRET', DEFAULT_PATH, 'TERM'],
    });
  });

  it('has empty variables on Podman, which would fill in its own, and what Podman always sets', () => {
    const { Env } = originalProgram(NOTHING, COPIED, podman);
    expect(Env).toEqual(['A=1', 'B=2=3', 'SECRET=', DEFAULT_PATH, 'TERM=xterm']);
  });

  it('has the command and the variables of the specification', () => {
    const guest = { command: ['own', '--flag'], env: { B: '4', PATH: '/bin', NEW: '' } };
    expect(originalProgram(guest, COPIED, docker)).toEqual({
      Entrypoint: ['/init'],
      Cmd: ['own', '--flag'],
      Env: ['A=1', 'B=4', 'PATH=/bin', 'NEW=', 'SECRET', 'TERM'],
    });
  });

  it('overrides the copied command if the image has neither entry point nor command', () => {
    const copied = { original: { entrypoint: [], command: [], env: [] }, copiedNames: [] };
    expect(originalProgram(NOTHING, copied, docker)).toEqual({ Entrypoint: [''], Cmd: [], Env: [] });
  });
});
