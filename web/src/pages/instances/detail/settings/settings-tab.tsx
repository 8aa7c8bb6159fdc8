import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { BehaviorPanel } from './behavior-panel';
import { DeletePanel } from './delete-panel';
import { MetadataPanel } from './metadata-panel';
import { NamePanel } from './name-panel';
import { RebuildPanel } from './rebuild-panel';
import { ResizePanel } from './resize-panel';

/** What can be changed, from harmless to dangerous. */
export function SettingsTab({ instance }: { instance: InstanceDetails }): ReactNode {
  if (instance.status === 'deleted') return <DeletePanel instance={instance} />;
  return (
    <Stack>
      <NamePanel instance={instance} />
      <BehaviorPanel instance={instance} />
      <MetadataPanel instance={instance} />
      <ResizePanel instance={instance} />
      <RebuildPanel instance={instance} />
      <DeletePanel instance={instance} />
    </Stack>
  );
}
