import type { GuestSpec } from '../../port/driver-call';
import type { EngineFacts } from '../engine/docker.engine';
import type { ImageConfigInfo } from '../images/docker.image-info';

/** What an image says about the program in its containers. */
export interface ImageProgram {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
}

/** The program of a snapshot's image: engines copy that of the instance into it, which this replaces. */
export interface CopiedProgram {
  /** That of the image which the instance was created from. */
  readonly original: ImageProgram;
  /** Names of all variables in the snapshot's image. */
  readonly copiedNames: readonly string[];
}

export function programIn({ Entrypoint, Cmd, Env }: ImageConfigInfo): ImageProgram {
  return { entrypoint: Entrypoint ?? [], command: Cmd ?? [], env: Env ?? [] };
}

export const nameOf = (variable: string): string => variable.split('=', 1)[0] ?? '';

/** Settings with which a container from a snapshot runs what one from the original image would run. */
export function originalProgram(
  { command, env }: Pick<GuestSpec, 'command' | 'env'>,
  { original, copiedNames }: CopiedProgram,
  { product }: Pick<EngineFacts, 'product'>,
): { Entrypoint: string[]; Cmd: string[]; Env: string[] } {
  const wanted = [
    ...original.env.filter((variable) => !Object.hasOwn(env, nameOf(variable))),
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
  ];
  const names = new Set(wanted.map(nameOf));
  const others = copiedNames.filter((name) => !names.has(name));
  return {
    // If there is no entry point, engines use the copied command unless there is another one.
    Entrypoint: original.entrypoint.length > 0 ? [...original.entrypoint] : [''],
    Cmd: command.length > 0 ? [...command] : [...original.command],
    Env: [...wanted, ...others.map((name) => unset(name, product))],
  };
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What the engines set if neither image nor request does; Podman copies these into the snapshot's image, too. */
const DEFAULTS = {
  docker: new Map([['PATH', PATH]]),
  podman: new Map([
    ['PATH', PATH],
    ['TERM', 'TERM=xterm'],
    ['container', 'container=podman'],
  ]),
};

/** Docker removes variables that have no "=". Podman would take their values from its own environment. */
function unset(name: string, product: EngineFacts['product']): string {
  return DEFAULTS[product].get(name) ?? (product === 'docker' ? name : `${name}=`);
}
