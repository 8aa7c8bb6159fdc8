import { Button, CloseButton, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts';
import type { Pair } from '../metadata';

const t = texts.snapshots;

export interface MetadataFieldsProps {
  readonly pairs: readonly Pair[];
  readonly error: string | undefined;
  readonly onChange: (pairs: readonly Pair[]) => void;
}

export function MetadataFields({ pairs, error, onChange }: MetadataFieldsProps): ReactNode {
  const change = (id: number, changes: Partial<Pair>): void =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...changes } : pair)));
  const add = (): void => {
    const id = 1 + Math.max(-1, ...pairs.map((pair) => pair.id));
    onChange([...pairs, { id, key: '', value: '' }]);
  };
  return (
    <Fieldset legend={t.metadata}>
      <Stack gap="xs">
        {pairs.map(({ id, key, value }, index) => (
          <Group key={id} gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t.keyOf(index + 1)}
              placeholder={t.key}
              flex={1}
              value={key}
              onChange={(event) => change(id, { key: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t.valueOf(index + 1)}
              placeholder={t.value}
              flex={2}
              value={value}
              onChange={(event) => change(id, { value: event.currentTarget.value })}
            />
            <CloseButton
              aria-label={t.removePair(index + 1)}
              onClick={() => onChange(pairs.filter((pair) => pair.id !== id))}
            />
          </Group>
        ))}
        {error !== undefined && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert" className="user-text">
            {error}
          </Text>
        )}
        <div>
          <Button size="xs" variant="default" onClick={add}>
            {t.addPair}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
