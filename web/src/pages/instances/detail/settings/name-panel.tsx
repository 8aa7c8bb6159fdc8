import { Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { fieldErrorsOf, isShownBeside } from '../../../../ui/forms/field-errors';
import { Section } from '../../../../ui/section';
import { useInstanceChange } from '../use-instance-change';
import { SaveButton } from './save-button';

const t = texts.instance.settings;

/** Renames the instance. */
export function NamePanel({ instance }: { instance: InstanceDetails }): ReactNode {
  // Undefined while the user has changed nothing, so that changes by others are shown.
  const [draft, setDraft] = useState<string>();
  const rename = useInstanceChange<string>(
    instance.id,
    (compute, name) => compute.update(instance.id, { name }),
    () => setDraft(undefined),
  );
  const refused = fieldErrorsOf(rename.error);
  const isChanged = draft !== undefined && draft !== instance.name;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isChanged) rename.mutate(draft);
  };
  return (
    <Section title={t.general}>
      <form onSubmit={submit}>
        <Stack gap="sm" maw={480}>
          <TextInput
            label={t.name}
            required
            maxLength={255}
            value={draft ?? instance.name}
            error={refused.name}
            autoComplete="off"
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
          {rename.error && !isShownBeside(refused, ['name']) && <ProblemAlert error={rename.error} />}
          <SaveButton
            reason={isChanged ? undefined : texts.instance.reason.nothingChanged}
            isBusy={rename.isPending}
            isSaved={rename.isSuccess}
          />
        </Stack>
      </form>
    </Section>
  );
}
