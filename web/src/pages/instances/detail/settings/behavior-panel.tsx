import { Group, NumberInput, Stack, Switch } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { InstanceDetails, UpdateInstance } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { Section } from '../../../../ui/section';
import { useInstanceChange } from '../use-instance-change';
import { SaveButton } from './save-button';

const t = texts.instance.settings;

/** Switches that take effect at once. */
export function BehaviorPanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const { id, deletionProtection, autostart, restartPolicy } = instance;
  const update = useInstanceChange<UpdateInstance>(id, (compute, changes) => compute.update(id, changes));
  // A switch shows what was asked for until the service has answered.
  const asked = update.isPending ? update.variables : {};
  const condition = asked.restartPolicy?.condition ?? restartPolicy.condition;
  return (
    <Section title={t.behavior}>
      <Stack gap="md">
        <Switch
          label={t.protection}
          description={t.protectionHint}
          checked={asked.deletionProtection ?? deletionProtection}
          onChange={(event) => update.mutate({ deletionProtection: event.currentTarget.checked })}
        />
        <Switch
          label={t.autostart}
          description={t.autostartHint}
          checked={asked.autostart ?? autostart}
          onChange={(event) => update.mutate({ autostart: event.currentTarget.checked })}
        />
        <Switch
          label={t.restart}
          description={t.restartHint}
          checked={condition === 'on-failure'}
          onChange={(event) =>
            update.mutate({
              restartPolicy: { condition: event.currentTarget.checked ? 'on-failure' : 'never' },
            })
          }
        />
        {condition === 'on-failure' && <MaxRestarts instance={instance} />}
        {update.error && <ProblemAlert error={update.error} />}
      </Stack>
    </Section>
  );
}

function MaxRestarts({ instance: { id, restartPolicy } }: { instance: InstanceDetails }): ReactNode {
  const [draft, setDraft] = useState<number>();
  const update = useInstanceChange<number>(
    id,
    (compute, maxRestarts) => compute.update(id, { restartPolicy: { maxRestarts } }),
    () => setDraft(undefined),
  );
  const isChanged = draft !== undefined && draft !== restartPolicy.maxRestarts;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isChanged) update.mutate(draft);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={t.maxRestarts}
          min={1}
          max={100}
          allowDecimal={false}
          clampBehavior="strict"
          w={220}
          value={draft ?? restartPolicy.maxRestarts}
          onChange={(value) => setDraft(Number(value))}
        />
        <SaveButton
          reason={isChanged ? undefined : texts.instance.reason.nothingChanged}
          isBusy={update.isPending}
          isSaved={update.isSuccess}
        />
      </Group>
      {update.error && <ProblemAlert error={update.error} />}
    </form>
  );
}
