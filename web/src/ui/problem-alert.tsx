import { Alert, Anchor, Button, Group, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { isConnectionError, ProblemError } from 'uim-compute-client';
import { texts } from '../texts';

const t = texts.problem;

/** What went wrong and what to do, in the words of the service. */
export function ProblemAlert({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <Alert color="red" variant="light" role="alert" title={titleOf(error)}>
      <Text size="sm" className="user-text">
        {messageOf(error)}
      </Text>
      {problem?.errors && problem.errors.length > 0 && (
        <List size="sm" mt="xs">
          {problem.errors.map(({ field, message }) => (
            <List.Item key={`${field} ${message}`} className="user-text">
              {message}
            </List.Item>
          ))}
        </List>
      )}
      <Group mt="xs" gap="md">
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {texts.action.retry}
          </Button>
        )}
        {problem && (
          <Anchor
            size="xs"
            c="inherit"
            underline="always"
            href={`/api/errors#${problem.code}`}
            target="_blank"
            rel="noreferrer"
          >
            {t.explain}
          </Anchor>
        )}
        {problem && (
          <Text size="xs" c="dimmed">
            {t.request(problem.requestId)}
          </Text>
        )}
      </Group>
    </Alert>
  );
}

/** One sentence for a person. */
export function messageOf(error: unknown): string {
  if (error instanceof ProblemError) return error.problem.detail;
  if (error instanceof DOMException && error.name === 'TimeoutError') return t.timeout;
  if (isConnectionError(error)) return t.noConnection;
  return error instanceof Error ? error.message : String(error);
}

function titleOf(error: unknown): string {
  return error instanceof ProblemError ? error.problem.title : t.unknown;
}
