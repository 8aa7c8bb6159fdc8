import { type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { texts } from '../texts';
import { EmptyState } from '../ui/empty-state';
import { LinkButton } from '../ui/links';
import { ProblemAlert } from '../ui/problem-alert';

const t = texts.problem;

export function NotFoundPage(): ReactNode {
  return (
    <EmptyState title={t.notFoundTitle} text={t.notFoundText}>
      <LinkButton to="/instances" variant="default">
        {texts.navigation.instances}
      </LinkButton>
    </EmptyState>
  );
}

export function CrashPage({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <EmptyState title={t.crashTitle}>
      <ProblemAlert error={error} retry={reset} />
    </EmptyState>
  );
}
