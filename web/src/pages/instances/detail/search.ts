export const INSTANCE_TABS = [
  'overview',
  'console',
  'history',
  'snapshots',
  'attachments',
  'settings',
] as const;

export type InstanceTab = (typeof INSTANCE_TABS)[number];

export interface InstanceSearch {
  readonly tab?: InstanceTab;
}

export function parseInstanceSearch(input: Record<string, unknown>): InstanceSearch {
  const tab = INSTANCE_TABS.find((each) => each === input.tab);
  return tab === undefined ? {} : { tab };
}

export function tabOf(value: string | null): InstanceTab {
  return INSTANCE_TABS.find((each) => each === value) ?? 'overview';
}
