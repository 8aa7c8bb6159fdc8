import { NumberInput, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { fieldErrorsOf } from '../../ui/forms/field-errors';
import { FormDialog } from '../../ui/forms/form-dialog';
import type { DialogProps } from './flavor-dialogs';

const t = texts.flavors;

/** A field without a number is empty. */
type Amount = number | string;

interface Draft {
  readonly name: string;
  readonly vcpus: Amount;
  readonly ramGB: Amount;
  readonly diskGB: Amount;
  readonly gpus: Amount;
  readonly gpuModel: string;
  readonly description: string;
}

const EMPTY: Draft = { name: '', vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0, gpuModel: '', description: '' };
const FIELDS = Object.keys(EMPTY);
const AMOUNTS = [
  { name: 'vcpus', label: t.vcpusLabel, min: 1, max: 512 },
  { name: 'ramGB', label: t.ramLabel, min: 1, max: 16_384 },
  { name: 'diskGB', label: t.diskLabel, min: 1, max: 65_536 },
  { name: 'gpus', label: t.gpusLabel, min: 0, max: 16 },
] as const;

export function CreateFlavorDialog({ onDone, onClose }: DialogProps): ReactNode {
  const compute = useCompute();
  const [draft, setDraft] = useState(EMPTY);
  const set = (changes: Partial<Draft>): void => setDraft((before) => ({ ...before, ...changes }));
  const create = useMutation({
    mutationFn: () => compute.operator.createFlavor(requestOf(draft)),
    onSuccess: onDone,
  });
  const errors = fieldErrorsOf(create.error, { flavor_exists: 'name' });
  const hasGpus = Number(draft.gpus) > 0;
  return (
    <FormDialog
      title={t.create}
      action={texts.forms.create}
      isBusy={create.isPending}
      error={create.error}
      fieldErrors={errors}
      fields={FIELDS}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        description={t.nameHint}
        required
        data-autofocus
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {AMOUNTS.map(({ name, label, min, max }) => (
          <NumberInput
            key={name}
            label={label}
            required
            min={min}
            max={max}
            allowDecimal={false}
            value={draft[name]}
            error={errors[name]}
            onChange={(value) => set({ [name]: value })}
          />
        ))}
      </SimpleGrid>
      <TextInput
        label={t.gpuModel}
        description={hasGpus ? t.gpuModelHint : t.gpuModelReason}
        disabled={!hasGpus}
        value={draft.gpuModel}
        error={errors.gpuModel}
        onChange={(event) => set({ gpuModel: event.currentTarget.value })}
      />
      <Textarea
        label={t.description}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.description}
        error={errors.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </FormDialog>
  );
}

type Request = Parameters<ReturnType<typeof useCompute>['operator']['createFlavor']>[0];

function requestOf({ name, vcpus, ramGB, diskGB, gpus, gpuModel, description }: Draft): Request {
  const count = Number(gpus);
  return {
    name,
    description,
    vcpus: Number(vcpus),
    ramGB: Number(ramGB),
    diskGB: Number(diskGB),
    gpus: count,
    ...(count > 0 && gpuModel !== '' && { gpuModel }),
  };
}
