import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import type { InstanceTab } from '../search';
import { FactsPanel } from './facts-panel';
import { StatusHelp } from './status-help';
import { UsagePanel } from './usage-panel';

export interface OverviewTabProps {
  readonly instance: InstanceDetails;
  readonly onSelect: (tab: InstanceTab) => void;
}

/** What it is, how it is, and what it uses. */
export function OverviewTab({ instance, onSelect }: OverviewTabProps): ReactNode {
  return (
    <Stack gap="lg">
      <StatusHelp instance={instance} onSelect={onSelect} />
      <FactsPanel instance={instance} />
      <UsagePanel instance={instance} />
    </Stack>
  );
}
