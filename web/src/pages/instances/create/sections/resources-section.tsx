import { Checkbox, Group, Stack, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../../texts';
import { Section } from '../../../../ui/section';
import type { SectionProps } from './props';

const t = texts.create.resources;

/** Networks and volumes: those that exist, or new ones. */
export function ResourcesSection(props: SectionProps): ReactNode {
  const { form, errors, onChange } = props;
  return (
    <Section title={t.title} hint={t.text}>
      <TagsInput
        label={t.networkIds}
        description={t.ids}
        value={[...form.networkIds]}
        error={errors.get('networkIds')}
        maxTags={32}
        onChange={(networkIds) => onChange({ networkIds })}
      />
      <Checkbox
        label={t.createNetwork}
        checked={form.createsNetwork}
        onChange={(event) => onChange({ createsNetwork: event.currentTarget.checked })}
      />
      {form.createsNetwork && <NewNetwork {...props} />}
      <TagsInput
        label={t.volumeIds}
        description={t.ids}
        value={[...form.volumeIds]}
        error={errors.get('volumeIds')}
        maxTags={32}
        onChange={(volumeIds) => onChange({ volumeIds })}
      />
      <Checkbox
        label={t.createVolume}
        checked={form.createsVolume}
        onChange={(event) => onChange({ createsVolume: event.currentTarget.checked })}
      />
      {form.createsVolume && <NewVolume {...props} />}
    </Section>
  );
}

function NewNetwork({ form, errors, onChange }: SectionProps): ReactNode {
  const { network } = form;
  const set = (changes: Partial<typeof network>): void => onChange({ network: { ...network, ...changes } });
  return (
    <Stack gap="xs" pl="md">
      <Group align="flex-start">
        <TextInput
          label={t.cidr}
          placeholder={t.cidrPlaceholder}
          required
          value={network.cidr}
          error={errors.get('network.cidr')}
          onChange={(event) => set({ cidr: event.currentTarget.value })}
        />
        <TextInput
          label={t.name}
          value={network.name}
          error={errors.get('network.name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </Group>
      <Checkbox
        label={t.deleteNetwork}
        checked={network.deleteOnTermination}
        onChange={(event) => set({ deleteOnTermination: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function NewVolume({ form, errors, onChange }: SectionProps): ReactNode {
  const { volume } = form;
  const set = (changes: Partial<typeof volume>): void => onChange({ volume: { ...volume, ...changes } });
  return (
    <Stack gap="xs" pl="md">
      <Group align="flex-start">
        <TextInput
          label={t.sizeGB}
          type="number"
          min={1}
          required
          value={volume.sizeGB}
          error={errors.get('volume.sizeGB')}
          onChange={(event) => set({ sizeGB: event.currentTarget.value })}
        />
        <TextInput
          label={t.name}
          value={volume.name}
          error={errors.get('volume.name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t.volumeType}
          value={volume.type}
          error={errors.get('volume.type')}
          onChange={(event) => set({ type: event.currentTarget.value })}
        />
      </Group>
      <Checkbox
        label={t.deleteVolume}
        checked={volume.deleteOnTermination}
        onChange={(event) => set({ deleteOnTermination: event.currentTarget.checked })}
      />
    </Stack>
  );
}
