import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../../texts';
import { ReasonButton } from '../../../../ui/reason-button';

const t = texts.instance;

export interface SaveButtonProps {
  readonly label?: string;
  /** Why there is nothing to save. */
  readonly reason: string | undefined;
  readonly isBusy: boolean;
  readonly isSaved?: boolean;
}

/** Submits its form, and says when that was done. */
export function SaveButton({ label, reason, isBusy, isSaved = false }: SaveButtonProps): ReactNode {
  const text = label ?? t.settings.save;
  return (
    <Group gap="sm">
      {reason === undefined || isBusy ? (
        <Button type="submit" size="xs" loading={isBusy}>
          {text}
        </Button>
      ) : (
        <ReasonButton size="xs" reason={reason} onClick={() => undefined}>
          {text}
        </ReasonButton>
      )}
      <Text size="sm" role="status">
        {isSaved && reason !== undefined && t.settings.saved}
      </Text>
    </Group>
  );
}
