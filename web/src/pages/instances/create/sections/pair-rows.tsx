import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../../texts';
import { newKey, type PairRow } from '../form/state';
import type { FieldErrors } from '../form/validate';

const t = texts.create.advanced;

export interface PairRowsProps {
  readonly field: 'metadata' | 'env';
  readonly label: string;
  readonly hint: string;
  readonly add: string;
  readonly rows: readonly PairRow[];
  readonly errors: FieldErrors;
  readonly onChange: (rows: readonly PairRow[]) => void;
}

/** Rows of a name and a value. */
export function PairRows(props: PairRowsProps): ReactNode {
  const { field, label, hint, add, rows, errors, onChange } = props;
  const setRow = (key: number, changes: Partial<PairRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <div>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="xs" c={errors.has(field) ? 'red' : 'dimmed'}>
          {errors.get(field) ?? hint}
        </Text>
      </div>
      {rows.map((row, index) => (
        <Group key={row.key} gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            aria-label={t.nameOf(label, index + 1)}
            placeholder={t.pairName}
            flex={1}
            value={row.name}
            error={errors.get(`${field}.${row.key}.name`)}
            onChange={(event) => setRow(row.key, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t.valueOf(label, index + 1)}
            placeholder={t.pairValue}
            flex={2}
            value={row.value}
            onChange={(event) => setRow(row.key, { value: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            aria-label={t.remove(label, index + 1)}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            ✕
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange([...rows, { key: newKey(), name: '', value: '' }])}
        >
          {add}
        </Button>
      </Group>
    </Stack>
  );
}
