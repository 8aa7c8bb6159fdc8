import { ALL_STATUSES, INSTANCE_STATUSES } from '../src/compute/instances/instance';
import { ACTIONS, descriptorOf, type ActionDescriptor } from '../src/compute/instances/actions/actions';
import { RECONCILIATION, SETTLED_STATUSES } from '../src/compute/reconciler/reconciliation';

const NEW = '[*]';
const GONE = '[*]';
const END = '<!-- end -->';

const SECTIONS: Readonly<Record<string, () => string>> = {
  transitions: transitionsTable,
  'transitions diagram': transitionsDiagram,
  reconciliation: reconciliationTable,
};

/**
 * Replaces each text between `<!-- generated: name -->` and `<!-- end -->` with the current one.
 * @throws {Error} if a section has no markers
 */
export function withStateTables(markdown: string): string {
  return Object.entries(SECTIONS).reduce((result, [name, content]) => {
    const begin = `<!-- generated: ${name} -->`;
    const start = result.indexOf(begin);
    const end = result.indexOf(END, start);
    if (start < 0 || end < 0) throw new Error(`missing markers: ${begin} … ${END}`);
    return `${result.slice(0, start + begin.length)}\n\n${content()}\n\n${result.slice(end)}`;
  }, markdown);
}

function transitionsTable(): string {
  const header = [
    'Action',
    'Allowed in',
    'In progress',
    'After success',
    'After failure',
    'Cancels the open operation',
    'Refusal',
    'Code',
  ];
  const rows = Object.entries(ACTIONS).map(
    ([action, { from, via, to, failed, supersedes, refusal }]): readonly string[] => [
      code(action),
      from.map(code).join(', ') || 'no instance yet',
      statusOrText(via ?? 'unchanged'),
      statusOrText(to),
      statusOrText(failed),
      supersedes ? 'yes' : 'no',
      refusal.example,
      code(refusal.code),
    ],
  );
  return table(header, rows);
}

function reconciliationTable(): string {
  const header = ['Status', 'Engine reports', 'New status', '`statusReason`', 'Only if'];
  const rows = SETTLED_STATUSES.flatMap((status) =>
    Object.entries(RECONCILIATION[status]).map(([report, { to, reason, onlyWhere }]): readonly string[] => [
      code(status),
      report,
      statusOrText(to),
      to === 'unchanged' ? '' : reason,
      onlyWhere === 'always' ? '' : onlyWhere,
    ]),
  );
  return table(header, rows);
}

/** A Mermaid state diagram; moves between the same two states share an arrow. */
function transitionsDiagram(): string {
  const labels = new Map<string, readonly string[]>();
  for (const [move, label] of [...Object.entries(ACTIONS).flatMap(movesOf), ...forcedDeletions()])
    labels.set(move, [...(labels.get(move) ?? []), label]);
  const arrows = [...labels].map(([move, words]) => `  ${move} : ${words.join(', ')}`);
  return ['```mermaid', 'stateDiagram-v2', '  direction LR', ...arrows, '```'].join('\n');
}

type Move = readonly [move: string, label: string];

function movesOf([action, { from, via, to, failed }]: readonly [string, ActionDescriptor]): readonly Move[] {
  // An action that is allowed in `error` repairs the instance.
  const kept = (source: string): string => (source === 'error' ? 'running' : source);
  const after = (source: string): string => {
    if (to === 'gone') return GONE;
    if (to === 'as before its deletion') return 'running';
    return to === 'unchanged' ? kept(source) : to;
  };
  const begun = (from.length > 0 ? from : [NEW]).map((source): Move => [
    `${source} --> ${via ?? after(source)}`,
    action,
  ]);
  if (via === null) return begun;
  // The instance keeps that status if the rest of the action fails or is not needed.
  if (SETTLED_STATUSES.some((status) => status === via))
    return [...begun, [`${via} --> ${after(via)}`, action]];
  // Otherwise the engine's report decides.
  const afterFailure = isStatus(failed) ? [failed] : SETTLED_STATUSES;
  return [
    ...begun,
    [`${via} --> ${after(via)}`, 'success'],
    ...afterFailure.map((status): Move => [`${via} --> ${status}`, 'failure']),
  ];
}

function forcedDeletions(): readonly Move[] {
  const { from } = descriptorOf('delete');
  return INSTANCE_STATUSES.filter((status) => !from.includes(status)).map((status) => [
    `${status} --> ${GONE}`,
    'delete with force',
  ]);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function isStatus(text: string): boolean {
  return ALL_STATUSES.some((status) => status === text);
}

function statusOrText(text: string): string {
  return isStatus(text) ? code(text) : text;
}

function code(text: string): string {
  return `\`${text}\``;
}
