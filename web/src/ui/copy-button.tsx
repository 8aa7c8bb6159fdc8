import { Button, CopyButton as MantineCopyButton, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts';

export function CopyButton({ value, children, ...props }: ButtonProps & { value: string }): ReactNode {
  return (
    <MantineCopyButton value={value}>
      {({ copied, copy }) => (
        <Button size="compact-xs" variant="subtle" {...props} onClick={copy}>
          {copied ? texts.action.copied : (children ?? texts.action.copy)}
        </Button>
      )}
    </MantineCopyButton>
  );
}
