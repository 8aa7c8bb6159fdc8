import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export interface ReasonButtonProps extends ButtonProps {
  /** Why it is off; it is on if this is absent. */
  readonly reason?: string | undefined;
  readonly onClick: () => void;
}

/** A button that explains why it is off. It keeps the focus, so that a keyboard and a screen reader reach the reason. */
export function ReasonButton({ reason, onClick, children, ...props }: ReasonButtonProps): ReactNode {
  const id = useId();
  if (reason === undefined)
    return (
      <Button {...props} onClick={onClick}>
        {children}
      </Button>
    );
  return (
    <Tooltip label={reason} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <Button
        {...props}
        data-disabled
        aria-disabled
        aria-describedby={id}
        onClick={(event) => event.preventDefault()}
      >
        {children}
        <span id={id} hidden>
          {reason}
        </span>
      </Button>
    </Tooltip>
  );
}
