import { Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../../texts';
import type { CreateForm } from '../form/state';
import type { SectionProps } from './props';

const t = texts.create.advanced;
const KINDS = ['none', 'port', 'http', 'exec', 'serial'] as const;

/** How the service finds out whether the guest is ready. */
export function ReadinessFields(props: SectionProps): ReactNode {
  const { form, errors, onChange } = props;
  const { readiness } = form;
  const set = (changes: Partial<CreateForm['readiness']>): void =>
    onChange({ readiness: { ...readiness, ...changes } });
  return (
    <Stack gap="xs" role="group" aria-label={t.readiness}>
      <Select
        label={t.readiness}
        description={t.readinessHint}
        data={KINDS.map((value) => ({ value, label: t.kind[value] }))}
        allowDeselect={false}
        value={readiness.kind}
        error={errors.get('readiness.kind')}
        onChange={(value) => set({ kind: KINDS.find((kind) => kind === value) ?? 'none' })}
      />
      <Group align="flex-start">
        {(readiness.kind === 'port' || readiness.kind === 'http') && (
          <TextInput
            label={t.probePort}
            type="number"
            value={readiness.port}
            error={errors.get('readiness.port')}
            onChange={(event) => set({ port: event.currentTarget.value })}
          />
        )}
        {readiness.kind === 'http' && (
          <TextInput
            label={t.probePath}
            placeholder="/"
            value={readiness.path}
            error={errors.get('readiness.path')}
            onChange={(event) => set({ path: event.currentTarget.value })}
          />
        )}
        {readiness.kind === 'serial' && (
          <TextInput
            label={t.probeText}
            value={readiness.text}
            error={errors.get('readiness.text')}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
        )}
        {readiness.kind !== 'none' && (
          <TextInput
            label={t.probeTimeout}
            type="number"
            value={readiness.timeoutSeconds}
            error={errors.get('readiness.timeoutSeconds')}
            onChange={(event) => set({ timeoutSeconds: event.currentTarget.value })}
          />
        )}
      </Group>
      {readiness.kind === 'exec' && (
        <Textarea
          label={t.probeCommand}
          description={t.probeCommandHint}
          autosize
          value={readiness.command}
          error={errors.get('readiness.command')}
          onChange={(event) => set({ command: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
