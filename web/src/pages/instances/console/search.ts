const KINDS = ['serial', 'vnc', 'exec'] as const;

export type ConsoleKind = (typeof KINDS)[number];

export interface ConsoleSearch {
  readonly kind: ConsoleKind;
}

export function parseConsoleSearch(input: Record<string, unknown>): ConsoleSearch {
  return { kind: KINDS.find((each) => each === input.kind) ?? 'serial' };
}
