import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a page is about, in one or two sentences below its heading. */
export function PageIntro({ children }: { children: ReactNode }): ReactNode {
  return (
    <Text size="sm" c="dimmed" mt={-16} maw={800}>
      {children}
    </Text>
  );
}
