import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** In the color of text: that of a yellow alert has too little contrast. */
export function AlertTitle({ children }: { children: string }): ReactNode {
  return (
    <Text span fw={700} size="sm" c="var(--mantine-color-text)">
      {children}
    </Text>
  );
}
