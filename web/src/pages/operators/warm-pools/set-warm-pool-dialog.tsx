import { Autocomplete, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { SetWarmPool, WarmPool } from 'uim-compute-client';
import { flavorsQuery, imagesQuery, keys } from '../../../api/queries';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { fieldErrorsOf } from '../../../ui/forms/field-errors';
import { FormDialog } from '../../../ui/forms/form-dialog';

const t = texts.operators.warmPools;
const FIELDS = ['name', 'flavor', 'type', 'imageId', 'size'];
const FIELD_OF_CODE = {
  warm_pool_limit_exceeded: 'size',
  invalid_flavor: 'flavor',
  flavor_too_small: 'flavor',
  image_not_found: 'imageId',
  image_required: 'imageId',
};
const TYPES = ['vm', 'container'] as const;
const TYPE_OPTIONS = TYPES.map((value) => ({ value, label: texts.instances.type[value] }));
const MAX_SIZE = 1000;

export interface SetWarmPoolDialogProps {
  /** Absent for a new one. */
  readonly pool?: WarmPool;
  readonly pools: readonly WarmPool[];
  readonly onClose: () => void;
}

/** Adds a pool, or replaces one. */
export function SetWarmPoolDialog({ pool, pools, onClose }: SetWarmPoolDialogProps): ReactNode {
  const compute = useCompute();
  const queries = useQueryClient();
  const flavors = useQuery(flavorsQuery(compute));
  const images = useQuery(imagesQuery(compute));
  const [name, setName] = useState(pool?.name ?? '');
  const [draft, setDraft] = useState<SetWarmPool>(pool ? draftOf(pool) : EMPTY);
  const set = (changes: Partial<SetWarmPool>): void => setDraft((before) => ({ ...before, ...changes }));
  const save = useMutation({
    mutationFn: () => compute.operator.setWarmPool(name, draft),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.operators });
      onClose();
    },
  });
  const errors = fieldErrorsOf(save.error, FIELD_OF_CODE);
  // The same request would replace it.
  const isTaken = pool === undefined && pools.some((each) => each.name === name);
  return (
    <FormDialog
      title={pool ? t.editTitle(pool.name) : t.addTitle}
      action={texts.forms.save}
      isBusy={save.isPending}
      error={save.error}
      fieldErrors={errors}
      fields={FIELDS}
      onSubmit={() => {
        if (!isTaken) save.mutate();
      }}
      onClose={onClose}
    >
      {pool ? (
        <Text size="sm">{t.editNote}</Text>
      ) : (
        <TextInput
          label={t.name}
          description={t.nameHint}
          required
          data-autofocus
          value={name}
          error={isTaken ? t.exists : errors.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Select
        label={t.flavor}
        required
        searchable
        value={draft.flavor === '' ? null : draft.flavor}
        data={flavors.data?.map((flavor) => flavor.name) ?? []}
        error={errors.flavor}
        onChange={(flavor) => set({ flavor: flavor ?? '' })}
      />
      <Select
        label={t.typeLabel}
        required
        allowDeselect={false}
        value={draft.type ?? 'vm'}
        data={TYPE_OPTIONS}
        error={errors.type}
        onChange={(chosen) => set({ type: TYPES.find((type) => type === chosen) })}
      />
      <Autocomplete
        label={t.image}
        description={t.imageHint}
        value={draft.imageId ?? ''}
        data={idsOf(images.data)}
        error={errors.imageId}
        onChange={(imageId) => set({ imageId })}
      />
      <NumberInput
        label={t.size}
        required
        min={1}
        max={MAX_SIZE}
        allowDecimal={false}
        value={draft.size}
        error={errors.size}
        onChange={(size) => set({ size: Number(size) })}
      />
    </FormDialog>
  );
}

const EMPTY: SetWarmPool = { flavor: '', type: 'vm', imageId: '', size: 1 };

function draftOf({ flavor, type, imageId, size }: WarmPool): SetWarmPool {
  return { flavor, type, imageId, size };
}

/** Of the catalog: images of a tenant are not for all. */
function idsOf(
  images: readonly { readonly id: string; readonly snapshotId: string | null }[] = [],
): string[] {
  return images.filter(({ snapshotId }) => snapshotId === null).map(({ id }) => id);
}
