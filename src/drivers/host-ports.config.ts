import { defineConfig, setting } from '../platform/config';

/** Ports of a host that instances can request, both bounds included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Lower ports need privileges that guests and engines may lack. */
const LOWEST = 1024;
const HIGHEST = 65_535;

export class HostPortsConfig extends defineConfig({
  title: 'Published ports',
  variables: {
    HOST_PORTS: setting(
      (input) => {
        parsePortRange(input);
        return input;
      },
      {
        default: '',
        desc: 'Host ports that instances can request, e.g. 30000-32767; empty refuses such requests. Exclude them from the ports that engines choose',
      },
    ),
  },
  config: (env) => ({ range: parsePortRange(env.HOST_PORTS) }),
}) {}

/** Undefined for an empty text. @throws {TypeError} `must …` */
export function parsePortRange(text: string): PortRange | undefined {
  if (text === '') return undefined;
  const [, from = '', to = ''] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(from), last: Number(to) };
  if (from === '' || range.first < LOWEST || range.first > range.last || range.last > HIGHEST) {
    throw new TypeError(`must be a range of ports like 30000-32767, from ${LOWEST} to ${HIGHEST}`);
  }
  return range;
}

export function isInRange(port: number, range: PortRange | undefined): boolean {
  return range !== undefined && port >= range.first && port <= range.last;
}
