import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts';
import { ProblemAlert } from '../../../ui/problem-alert';
import type { Part } from '../readings/reading';

export interface SectionProps<T> {
  /** Target of links within the page. */
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
  readonly part: Part<T>;
  /** A gateway may hide this part, which is no failure. */
  readonly isOptional?: boolean;
  readonly children: (value: T) => ReactNode;
}

/** A section of the overview, which says so if it could not be read. */
export function Section<T>(props: SectionProps<T>): ReactNode {
  const { id, title, text, action, part, isOptional = false, children } = props;
  return (
    <Stack component="section" gap="xs" id={id} aria-labelledby={`${id}-title`}>
      <Stack gap={0}>
        <Title order={2} size="h4" id={`${id}-title`} tabIndex={-1}>
          {title}
        </Title>
        {text !== undefined && <Text size="sm">{text}</Text>}
      </Stack>
      {'value' in part ? (
        children(part.value)
      ) : isOptional ? (
        <Text size="sm">{texts.operators.overview.unread}</Text>
      ) : (
        <ProblemAlert error={part.error} />
      )}
      {action}
    </Stack>
  );
}
