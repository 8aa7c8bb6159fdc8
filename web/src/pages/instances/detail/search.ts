const TABS = ['overview', 'console', 'history', 'snapshots', 'attachments', 'settings'] as const;

export type InstanceTab = (typeof TABS)[number];

export interface InstanceSearch {
  readonly tab?: InstanceTab;
}

export function parseInstanceSearch(input: Record<string, unknown>): InstanceSearch {
  const tab = TABS.find((each) => each === input.tab);
  return tab === undefined ? {} : { tab };
}
