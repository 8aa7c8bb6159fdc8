import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ReasonButton } from '../../../../ui/reason-button';
import { ConsolePanel } from '../../console/console-panel';
import { reasonAgainstConsole } from '../../console/console-reasons';
import { openConsoleWindow } from '../../console/open-window';
import type { ConsoleKind } from '../../console/search';
import { LastLines } from './last-lines';

const t = texts.consoles;
const KINDS = ['serial', 'vnc', 'exec'] as const;

/** The consoles of an instance: one at a time in the page, or each in a window of its own. */
export function ConsoleTab({ instance }: { instance: InstanceDetails }): ReactNode {
  const [open, setOpen] = useState<ConsoleKind>();
  const kinds = KINDS.filter((kind) => kind !== 'vnc' || instance.type === 'vm');
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: kinds.length }}>
        {kinds.map((kind) => (
          <ConsoleCard
            key={kind}
            kind={kind}
            instance={instance}
            isOpen={open === kind}
            onOpen={() => setOpen(kind)}
            onWindow={() => setOpen((current) => (current === kind ? undefined : current))}
          />
        ))}
      </SimpleGrid>
      {open && (
        <ConsolePanel
          key={open}
          instance={instance}
          kind={open}
          isWindow={false}
          actions={
            <Button size="xs" variant="default" onClick={() => setOpen(undefined)}>
              {t.close}
            </Button>
          }
        />
      )}
      <LastLines instance={instance} />
    </Stack>
  );
}

interface ConsoleCardProps {
  readonly kind: ConsoleKind;
  readonly instance: InstanceDetails;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  /** Called when it was opened in a window: the newest session of a console is the one that writes. */
  readonly onWindow: () => void;
}

function ConsoleCard({ kind, instance, isOpen, onOpen, onWindow }: ConsoleCardProps): ReactNode {
  const router = useRouter();
  const [isBlocked, setIsBlocked] = useState(false);
  const reason = reasonAgainstConsole(kind, instance);
  const openWindow = (): void => {
    const location = router.buildLocation({
      to: '/instances/$id/console',
      params: { id: instance.id },
      search: { kind },
    });
    const hasOpened = openConsoleWindow(router.history.createHref(location.publicHref), instance.id, kind);
    setIsBlocked(!hasOpened);
    if (hasOpened) onWindow();
  };
  return (
    <Paper withBorder p="md">
      <Stack gap="xs" h="100%" justify="space-between">
        <div>
          <Title order={2} size="h5">
            {t.kind[kind]}
          </Title>
          <Text size="sm" c="dimmed">
            {reason ?? t.about[kind]}
          </Text>
        </div>
        <Group gap="xs">
          <ReasonButton
            size="xs"
            variant={isOpen ? 'default' : 'filled'}
            reason={reason}
            aria-label={t.openOf(t.kind[kind])}
            onClick={onOpen}
          >
            {t.open}
          </ReasonButton>
          <ReasonButton
            size="xs"
            variant="default"
            reason={reason}
            aria-label={t.ownWindowOf(t.kind[kind])}
            onClick={openWindow}
          >
            {t.ownWindow}
          </ReasonButton>
        </Group>
        {isBlocked && (
          <Text size="sm" role="alert">
            {t.popupBlocked}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
