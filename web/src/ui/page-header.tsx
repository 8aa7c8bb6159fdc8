import { Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { texts } from '../texts';

/** Heading of a page, which is also the title of the tab, and its actions. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  useEffect(() => {
    document.title = `${title} · ${texts.product}`;
  }, [title]);
  return (
    <Group justify="space-between" mb="md" mih={42}>
      <Title order={1} size="h2" className="user-text">
        {title}
      </Title>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
