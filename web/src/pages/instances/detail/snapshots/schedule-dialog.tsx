import { Fieldset, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { SetSnapshotSchedule, SnapshotSchedule } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { fieldErrorsOf } from '../../../../ui/forms/field-errors';
import { FormDialog } from '../../../../ui/forms/form-dialog';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.schedule;
const FIELDS = ['cron', 'timeZone'] as const;
const KEEP = [
  { key: 'last', label: t.keepLast },
  { key: 'daily', label: t.keepDaily },
  { key: 'weekly', label: t.keepWeekly },
] as const;
const DEFAULT_KEEP = { last: 3, daily: 7, weekly: 0 } as const;

export interface ScheduleDialogProps {
  readonly instanceId: string;
  readonly schedule: SnapshotSchedule | null;
  readonly onClose: () => void;
}

/** Sets or replaces the schedule. */
export function ScheduleDialog({ instanceId, schedule, onClose }: ScheduleDialogProps): ReactNode {
  const [cron, setCron] = useState(schedule?.cron ?? '0 2 * * *');
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? localTimeZone());
  const [keep, setKeep] = useState({ ...DEFAULT_KEEP, ...schedule?.keep });
  const set = useInstanceChange<SetSnapshotSchedule>(
    instanceId,
    (compute, request) => compute.snapshots.setSchedule(instanceId, request),
    onClose,
  );
  const refused = fieldErrorsOf(set.error, { schedule_invalid: 'cron' });
  return (
    <FormDialog
      title={schedule ? t.change : t.set}
      action={t.save}
      isBusy={set.isPending}
      error={set.error}
      fieldErrors={refused}
      fields={FIELDS}
      onSubmit={() => set.mutate({ cron, timeZone, keep })}
      onClose={onClose}
    >
      <TextInput
        label={t.cron}
        description={t.cronHint}
        required
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        maxLength={128}
        value={cron}
        error={refused.cron}
        data-autofocus
        onChange={(event) => setCron(event.currentTarget.value)}
      />
      <TextInput
        label={t.timeZone}
        required
        maxLength={64}
        value={timeZone}
        error={refused.timeZone}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
      />
      <Fieldset legend={t.keep}>
        <Stack gap="xs">
          {KEEP.map(({ key, label }) => (
            <NumberInput
              key={key}
              label={label}
              min={0}
              max={1000}
              allowDecimal={false}
              value={keep[key]}
              onChange={(value) => setKeep({ ...keep, [key]: Number(value) })}
            />
          ))}
        </Stack>
      </Fieldset>
    </FormDialog>
  );
}

function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
