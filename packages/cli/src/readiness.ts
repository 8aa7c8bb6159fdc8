import { InvalidArgumentError } from 'commander';
import type { CreateInstance, Instance } from 'uim-compute-client';

export type GivenReadiness = NonNullable<CreateInstance['readiness']>;

/** Parses `port:80`, `http:80/path`, `serial:<text>` or `exec:<words>`. */
export function readiness(text: string): GivenReadiness {
  const [, kind, given = ''] = /^(port|http|serial|exec):(.+)$/.exec(text) ?? [];
  const [, port, path] = /^(\d{1,5})(\/.*)?$/.exec(given) ?? [];
  if (kind === 'serial') return { kind, text: given };
  if (kind === 'exec') return { kind, command: given.split(' ').filter((word) => word !== '') };
  if (kind === 'http' && port !== undefined) return { kind, port: Number(port), ...(path && { path }) };
  if (kind === 'port' && port !== undefined && !path) return { kind, port: Number(port) };
  throw new InvalidArgumentError('Must look like port:80, http:80/health, serial:login: or exec:pg_isready.');
}

/** As in the option, with the state: `http:80/health (not ready)`. */
export function readinessOf({ readiness: probe, ready }: Instance): string {
  if (!probe) return '';
  const { kind, port = '', path = '', command = [], text = '' } = probe;
  const shown = `${kind}:${port}${path}${command.join(' ')}${text}`;
  return `${shown} (${ready === true ? 'ready' : 'not ready'})`;
}
