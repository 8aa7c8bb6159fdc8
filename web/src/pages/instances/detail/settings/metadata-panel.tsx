import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { Section } from '../../../../ui/section';
import { useInstanceChange } from '../use-instance-change';
import { changesOf, keyError, rowsOf, withNewRow, type MetadataRow } from './metadata-rows';
import { SaveButton } from './save-button';

const t = texts.instance.settings;

type Changes = ReturnType<typeof changesOf>;

/** Pairs of keys and values, which are saved together. */
export function MetadataPanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const [draft, setDraft] = useState<readonly MetadataRow[]>();
  const [isChecked, setIsChecked] = useState(false);
  const update = useInstanceChange<Changes>(
    instance.id,
    (compute, metadata) => compute.update(instance.id, { metadata }),
    () => {
      setDraft(undefined);
      setIsChecked(false);
    },
  );
  const rows = draft ?? rowsOf(instance.metadata);
  const changes = changesOf(instance.metadata, rows);
  const isChanged =
    draft !== undefined && (Object.keys(changes).length > 0 || rows.some(({ key }) => key === ''));
  const edit = (changed: MetadataRow): void =>
    setDraft(rows.map((row) => (row.number === changed.number ? changed : row)));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (isChanged && rows.every((row) => keyError(row, rows) === undefined)) update.mutate(changes);
  };
  return (
    <Section title={t.metadata} hint={t.metadataHint}>
      <form onSubmit={submit}>
        <Stack gap="xs">
          {rows.length === 0 && (
            <Text size="sm" c="dimmed">
              {t.noRows}
            </Text>
          )}
          {rows.map((row, index) => (
            <Row
              key={row.number}
              row={row}
              index={index + 1}
              error={isChecked ? keyError(row, rows) : undefined}
              onChange={edit}
              onRemove={() => setDraft(rows.filter(({ number }) => number !== row.number))}
            />
          ))}
          {update.error && <ProblemAlert error={update.error} />}
          <Group>
            <Button size="xs" variant="default" onClick={() => setDraft(withNewRow(rows))}>
              {t.addRow}
            </Button>
            <SaveButton
              reason={isChanged ? undefined : texts.instance.reason.nothingChanged}
              isBusy={update.isPending}
              isSaved={update.isSuccess}
            />
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

interface RowProps {
  readonly row: MetadataRow;
  /** From 1 on. */
  readonly index: number;
  readonly error: string | undefined;
  readonly onChange: (row: MetadataRow) => void;
  readonly onRemove: () => void;
}

function Row({ row, index, error, onChange, onRemove }: RowProps): ReactNode {
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        aria-label={t.keyOf(index)}
        placeholder={t.key}
        flex="1 1 120px"
        value={row.key}
        error={error}
        maxLength={255}
        autoComplete="off"
        onChange={(event) => onChange({ ...row, key: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t.valueOf(index)}
        placeholder={t.value}
        flex="2 1 160px"
        value={row.value}
        maxLength={1024}
        autoComplete="off"
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
      />
      <CloseButton mt={4} aria-label={t.removeRow(index)} onClick={onRemove} />
    </Group>
  );
}
