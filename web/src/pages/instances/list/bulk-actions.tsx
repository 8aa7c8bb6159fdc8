import { Alert, Button, Checkbox, CloseButton, Group, List, Paper, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ComputeClient, Instance } from 'uim-compute-client';
import { useCompute } from '../../../session/session';
import { texts } from '../../../texts';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { messageOf } from '../../../ui/problem-alert';
import type { Selection } from './selection';

const t = texts.instances;

/** Requests at the same time: more would only wait at the service. */
const CONCURRENT = 4;

type BulkAction = 'start' | 'stop' | 'delete';

interface Result {
  readonly instance: Instance;
  readonly action: BulkAction;
  /** Undefined while the request runs, null if it succeeded. */
  readonly error: string | null | undefined;
}

/** What can be done with all selected instances; each has a result of its own. */
export function BulkActions({ selection }: { selection: Selection }): ReactNode {
  const compute = useCompute();
  const [results, setResults] = useState<readonly Result[]>([]);
  const [isDeleting, setIsDeleting] = useState(false);
  const [isForced, setIsForced] = useState(false);

  const run = async (action: BulkAction): Promise<void> => {
    setIsDeleting(false);
    const instances = selection.items;
    setResults(instances.map((instance) => ({ instance, action, error: undefined })));
    const end = (id: string, error: string | null): void =>
      setResults((all) => all.map((each) => (each.instance.id === id ? { ...each, error } : each)));
    await forEachConcurrent(instances, async (instance) => {
      try {
        await carryOut(compute, action, instance, isForced);
        end(instance.id, null);
      } catch (error) {
        end(instance.id, messageOf(error));
      }
    });
    selection.clear();
  };

  return (
    <>
      {selection.items.length > 0 && (
        <Paper withBorder p="xs">
          <Group gap="xs">
            <Text size="sm">{t.selected(selection.items.length)}</Text>
            <Button size="xs" variant="default" onClick={() => void run('start')}>
              {t.action.start}
            </Button>
            <Button size="xs" variant="default" onClick={() => void run('stop')}>
              {t.action.stop}
            </Button>
            <Button size="xs" color="red" variant="outline" onClick={() => setIsDeleting(true)}>
              {t.action.delete}
            </Button>
            <Button size="xs" variant="subtle" onClick={selection.clear}>
              {t.clearSelection}
            </Button>
          </Group>
        </Paper>
      )}
      {isDeleting && (
        <ConfirmDialog
          title={t.deleteMany(selection.items.length)}
          text={t.deleteManyText}
          action={t.action.delete}
          typed={String(selection.items.length)}
          isBusy={false}
          onConfirm={() => void run('delete')}
          onClose={() => setIsDeleting(false)}
        >
          <Checkbox
            label={t.forceDelete}
            checked={isForced}
            onChange={(event) => setIsForced(event.currentTarget.checked)}
          />
        </ConfirmDialog>
      )}
      <Results results={results} onClose={() => setResults([])} />
    </>
  );
}

function Results({ results, onClose }: { results: readonly Result[]; onClose: () => void }): ReactNode {
  if (results.length === 0) return null;
  const hasFailed = results.some(({ error }) => typeof error === 'string');
  return (
    <Alert color={hasFailed ? 'red' : 'indigo'} variant="light" aria-live="polite">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <List size="sm">
          {results.map(({ instance, action, error }) => (
            <List.Item key={instance.id} className="user-text">
              <b>{instance.name}</b> · {resultOf(action, error)}
            </List.Item>
          ))}
        </List>
        <CloseButton aria-label={t.dismissResults} onClick={onClose} />
      </Group>
    </Alert>
  );
}

function resultOf(action: BulkAction, error: string | null | undefined): string {
  if (error === undefined) return t.resultRunning(t.action[action]);
  return error ?? t.resultOk(t.action[action]);
}

async function carryOut(
  compute: ComputeClient,
  action: BulkAction,
  { id }: Instance,
  force: boolean,
): Promise<void> {
  if (action === 'delete') await compute.delete(id, { force });
  else await compute[action](id);
}

async function forEachConcurrent<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, () => worker()));
}
