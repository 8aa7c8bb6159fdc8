import { Checkbox, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { DeleteOptions, InstanceDetails } from 'uim-compute-client';
import { quotaQuery } from '../../../../api/queries';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { ReasonButton } from '../../../../ui/reason-button';
import { Section } from '../../../../ui/section';
import { confirmationOf } from './confirmation';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.settings;
const DEFAULT = 'default';
const AT_ONCE = 'PT0S';
const RETAIN = [
  { value: DEFAULT, label: t.retainDefault },
  { value: AT_ONCE, label: t.retainNone },
  { value: 'P1D', label: t.retainDay },
  { value: 'P7D', label: t.retainWeek },
  { value: 'P30D', label: t.retainMonth },
];

/** Deletes the instance, or what is retained of it. */
export function DeletePanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const [isAsking, setIsAsking] = useState(false);
  const isDeleted = instance.status === 'deleted';
  const label = isDeleted ? t.deleteNow : t.delete;
  return (
    <Section title={t.danger} hint={isDeleted ? t.deleteRetained : t.deleteHint}>
      <Group>
        <ReasonButton color="red" reason={reasonAgainstDelete(instance)} onClick={() => setIsAsking(true)}>
          {label}
        </ReasonButton>
      </Group>
      {isAsking && <DeleteDialog instance={instance} label={label} onClose={() => setIsAsking(false)} />}
    </Section>
  );
}

function reasonAgainstDelete({ status, deletionProtection, purgeAt }: InstanceDetails): string | undefined {
  if (deletionProtection) return status === 'deleted' ? t.protectedDeleted : t.protected;
  return status === 'deleted' && purgeAt === null ? texts.instance.reason.isPurging : undefined;
}

interface DeleteDialogProps {
  readonly instance: InstanceDetails;
  readonly label: string;
  readonly onClose: () => void;
}

function DeleteDialog({ instance, label, onClose }: DeleteDialogProps): ReactNode {
  const isDeleted = instance.status === 'deleted';
  const [force, setForce] = useState(false);
  const [retain, setRetain] = useState(isDeleted ? AT_ONCE : DEFAULT);
  const navigate = useNavigate();
  const quota = useQuery(quotaQuery(useCompute())).data;
  const isKept = retain === DEFAULT ? quota?.retainDeleted !== null : retain !== AT_ONCE;
  const remove = useInstanceChange<DeleteOptions>(
    instance.id,
    (compute, options) => compute.delete(instance.id, options),
    () => {
      onClose();
      // A retained instance stays: its page shows until when.
      if (!isKept) void navigate({ to: '/instances', search: {} });
    },
  );
  const isRunning = instance.status === 'running' || instance.status === 'paused';
  return (
    <ConfirmDialog
      title={t.deleteTitle}
      text={isDeleted ? t.deleteRetained : t.deleteText}
      action={label}
      typed={confirmationOf(instance)}
      error={remove.error}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ ...(force && { force }), ...(retain !== DEFAULT && { retain }) })}
      onClose={onClose}
    >
      {!isDeleted && (
        <>
          <Select
            label={t.retain}
            description={t.retainHint}
            allowDeselect={false}
            data={RETAIN}
            value={retain}
            onChange={(value) => setRetain(value ?? DEFAULT)}
          />
          <Checkbox
            label={t.force}
            description={
              isRunning && (retain === DEFAULT || retain === AT_ONCE) ? t.forceRequired : undefined
            }
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
        </>
      )}
    </ConfirmDialog>
  );
}
