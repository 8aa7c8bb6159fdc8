import type { ReactNode } from 'react';
import { useSession } from '../../session/session';
import { texts } from '../../texts';
import { EmptyState } from '../../ui/empty-state';
import { LinkButton } from '../../ui/links';
import { PageHeader } from '../../ui/page-header';

const t = texts.operators;

export interface OperatorsOnlyProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Its content for operators. Others, who followed a link, read why they see nothing. */
export function OperatorsOnly({ title, children }: OperatorsOnlyProps): ReactNode {
  const { caller } = useSession();
  if (caller.isOperator) return children;
  return (
    <>
      <PageHeader title={title} />
      <EmptyState title={t.refusedTitle} text={t.refusedText}>
        <LinkButton to="/instances" variant="default">
          {t.toInstances}
        </LinkButton>
      </EmptyState>
    </>
  );
}
