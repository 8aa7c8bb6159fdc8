import { escapeHidden } from './hidden';
import { STANDARD_TENANT_HEADER, type Target } from './request';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const WIDTH = 90;

/** A call of the client, for example `create` with its request. */
export interface ClientCall {
  /** Name of the result. */
  readonly result: string;
  /** For example `snapshots.create`. */
  readonly method: string;
  readonly parameters: readonly unknown[];
}

/** The call as a program that uses `uim-compute-client`. */
export function asTypeScript({ result, method, parameters }: ClientCall, target: Target): string {
  const { origin, tenantId, tenantHeader, needsToken } = target;
  const list = parameters.map((parameter) => literalOf(parameter)).join(', ');
  const fetching =
    tenantHeader === STANDARD_TENANT_HEADER
      ? []
      : [
          '  fetch: (request, init) => {',
          `    request.headers.set(${literalOf(tenantHeader)}, ${literalOf(tenantId)});`,
          '    return fetch(request, init);',
          '  },',
        ];
  return [
    "import { ComputeClient } from 'uim-compute-client';",
    '',
    'const compute = new ComputeClient({',
    `  baseUrl: ${literalOf(origin)},`,
    `  tenantId: ${literalOf(tenantId)},`,
    ...(needsToken ? ['  token: process.env.TOKEN,'] : []),
    ...fetching,
    '});',
    '',
    `const ${result} = await compute.${method}(${list});`,
  ].join('\n');
}

/** A value of JSON as a literal of TypeScript, on several lines if it is long. */
export function literalOf(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quoteString(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isArray = Array.isArray(value);
  const [open, close, space] = isArray ? ['[', ']', ''] : ['{', '}', ' '];
  const items = (inner: string): readonly string[] =>
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) =>
        isArray ? literalOf(member, inner) : `${keyOf(key)}: ${literalOf(member, inner)}`,
      );
  const flat = items('');
  if (flat.length === 0) return `${open}${close}`;
  const line = `${open}${space}${flat.join(', ')}${space}${close}`;
  if (indent.length + line.length <= WIDTH && !line.includes('\n')) return line;
  const inner = `${indent}  `;
  return `${open}\n${items(inner)
    .map((item) => `${inner}${item},\n`)
    .join('')}${indent}${close}`;
}

function keyOf(key: string): string {
  // As a plain key, it would set the prototype.
  if (key === '__proto__') return "['__proto__']";
  return IDENTIFIER.test(key) ? key : quoteString(key);
}

/** The escapes of JSON are also those of TypeScript, apart from the quote. */
function quoteString(text: string): string {
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `'${escapeHidden(inner.replaceAll("'", String.raw`\'`))}'`;
}
