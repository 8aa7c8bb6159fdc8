import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { AttachmentsTab } from './attachments/attachments-tab';
import { ConsoleTab } from './console/console-tab';
import { HistoryTab } from './history/history-tab';
import { OverviewTab } from './overview/overview-tab';
import type { InstanceTab } from './search';
import { SettingsTab } from './settings/settings-tab';
import { SnapshotsTab } from './snapshots/snapshots-tab';

export interface InstanceTabPanelProps {
  readonly tab: InstanceTab;
  readonly instance: InstanceDetails;
  readonly onSelect: (tab: InstanceTab) => void;
}

/** The content of the selected tab. */
export function InstanceTabPanel({ tab, instance, onSelect }: InstanceTabPanelProps): ReactNode {
  switch (tab) {
    case 'overview':
      return <OverviewTab instance={instance} onSelect={onSelect} />;
    case 'console':
      return <ConsoleTab instance={instance} />;
    case 'history':
      return <HistoryTab id={instance.id} />;
    case 'snapshots':
      return <SnapshotsTab instance={instance} />;
    case 'attachments':
      return <AttachmentsTab instance={instance} />;
    case 'settings':
      return <SettingsTab instance={instance} />;
  }
}
