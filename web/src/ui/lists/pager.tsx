import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts';

export interface PagerProps {
  /** Tokens of the pages before and of this one: the way back. Empty on the first page. */
  readonly pages: readonly string[];
  readonly nextPageToken: string | undefined;
  readonly onChange: (pages: readonly string[]) => void;
}

/** Pages of a list that the service cuts into pages; nothing if there is only one. */
export function Pager({ pages, nextPageToken, onChange }: PagerProps): ReactNode {
  if (pages.length === 0 && nextPageToken === undefined) return null;
  const label = texts.forms.page(pages.length + 1);
  return (
    <Group justify="flex-end" component="nav" aria-label={label}>
      <Text size="sm">{label}</Text>
      <Button variant="default" disabled={pages.length === 0} onClick={() => onChange(pages.slice(0, -1))}>
        {texts.action.previous}
      </Button>
      <Button
        variant="default"
        disabled={nextPageToken === undefined}
        onClick={() => nextPageToken !== undefined && onChange([...pages, nextPageToken])}
      >
        {texts.action.next}
      </Button>
    </Group>
  );
}
