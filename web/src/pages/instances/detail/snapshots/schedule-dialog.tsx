import { Button, Fieldset, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { SetSnapshotSchedule, SnapshotSchedule } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { fieldError, isShownAtFields } from '../field-errors';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.schedule;
const FIELDS = ['cron', 'timeZone', 'keep'] as const;
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
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    set.mutate({ cron, timeZone, keep });
  };
  return (
    <Modal opened onClose={onClose} title={schedule ? t.change : t.set}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t.cron}
            description={t.cronHint}
            required
            ff="monospace"
            maxLength={128}
            value={cron}
            error={fieldError(set.error, 'cron')}
            data-autofocus
            onChange={(event) => setCron(event.currentTarget.value)}
          />
          <TextInput
            label={t.timeZone}
            required
            maxLength={64}
            value={timeZone}
            error={fieldError(set.error, 'timeZone')}
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
                  error={fieldError(set.error, `keep.${key}`)}
                  onChange={(value) => setKeep({ ...keep, [key]: Number(value) })}
                />
              ))}
            </Stack>
          </Fieldset>
          {set.error && !isShownAtFields(set.error, FIELDS) && <ProblemAlert error={set.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {texts.action.cancel}
            </Button>
            <Button type="submit" loading={set.isPending}>
              {t.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
