import { Loader, Modal, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Limits, Quota } from 'uim-compute-client';
import { keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { fieldErrorsOf } from '../../../ui/forms/field-errors';
import { FormDialog } from '../../../ui/forms/form-dialog';
import { ProblemAlert } from '../../../ui/problem-alert';
import { RESOURCES, type ResourceName } from '../../../ui/usage/resources';
import { draftOf, limitOf, parseLimits } from './limits';
import { tenantQuery } from './queries';

const t = texts.operators.tenants;
const FIELDS = [...RESOURCES.map(({ name }) => name), 'retainDeleted'];

export interface LimitsDialogProps {
  readonly tenantId: string;
  readonly onClose: () => void;
}

/** Changes the limits of a tenant. */
export function LimitsDialog({ tenantId, onClose }: LimitsDialogProps): ReactNode {
  const quota = useQuery(tenantQuery(useCompute(), tenantId));
  if (quota.data) return <LimitsForm quota={quota.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={t.limitsOf(tenantId)} classNames={{ title: 'user-text' }}>
      {quota.error ? (
        <ProblemAlert error={quota.error} retry={() => void quota.refetch()} />
      ) : (
        <Loader aria-label={t.limits} />
      )}
    </Modal>
  );
}

function LimitsForm({ quota: latest, onClose }: { quota: Quota; onClose: () => void }): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  // What others change meanwhile must not look like a change of this user.
  const [quota] = useState(latest);
  const [draft, setDraft] = useState(() => draftOf(quota));
  const [retain, setRetain] = useState(quota.retainDeleted ?? '');
  const [hasTried, setHasTried] = useState(false);
  const { changes, invalid } = parseLimits(draft, quota);
  const save = useMutation({
    mutationFn: (limits: Limits) => compute.operator.setQuota(quota.tenantId, limits),
    onSuccess: () => {
      for (const queryKey of [keys.operators, keys.quota]) void queries.invalidateQueries({ queryKey });
      onClose();
    },
  });
  const submit = (): void => {
    setHasTried(true);
    const isChanged = retain.trim() !== (quota.retainDeleted ?? '');
    const retainDeleted = retain.trim() === '' ? null : retain.trim();
    const limits: Limits = { ...changes, ...(isChanged && { retainDeleted }) };
    if (invalid.length > 0) return;
    if (Object.keys(limits).length === 0) onClose();
    else save.mutate(limits);
  };
  const refused = fieldErrorsOf(save.error, { retention_too_long: 'retainDeleted' });
  const errorOf = (name: ResourceName): string | undefined =>
    hasTried && invalid.includes(name) ? t.notNumber : refused[name];
  return (
    <FormDialog
      title={t.limitsOf(quota.tenantId)}
      action={texts.forms.save}
      isBusy={save.isPending}
      error={save.error}
      fieldErrors={refused}
      fields={FIELDS}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{t.limitsNote}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {RESOURCES.map(({ name, unit }) => (
          <TextInput
            key={name}
            label={texts.quotas.resource[name] + (unit ? t.inUnit(unit) : '')}
            description={noteOf(latest.usage[name], draft[name], unit ? t.gb : '')}
            inputMode="numeric"
            value={draft[name]}
            error={errorOf(name)}
            onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
      <TextInput
        label={t.retain}
        description={t.retainHint}
        value={retain}
        error={refused.retainDeleted}
        onChange={(event) => setRetain(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function noteOf(used: number, text: string, unit: string): string {
  const limit = limitOf(text);
  const isBelow = typeof limit === 'number' && limit >= 0 && limit < used;
  return isBelow ? t.belowUsage(used, unit) : t.used(used, unit);
}
