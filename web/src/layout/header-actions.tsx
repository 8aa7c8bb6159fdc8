import { Button, Group, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useConnectionState } from '../api/use-live-events';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { TaskButton } from './task-drawer';

const t = texts.navigation;

export function HeaderActions(): ReactNode {
  const { caller, settings, signOut } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const isLive = useConnectionState() === 'live';
  const canSignOut = settings.choosesTenant || settings.authMode === 'jwt' || settings.acceptsToken;
  return (
    <Group gap="xs" wrap="nowrap" flex="none">
      <Text size="xs" c="dimmed" visibleFrom="md" data-testid="connection">
        {isLive ? texts.connection.live : texts.connection.connecting}
      </Text>
      <TaskButton />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="xs" maw={{ base: 120, sm: 200 }}>
            <span className="user-text one-line">{caller.tenantId}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {t.tenant}: <span className="user-text">{caller.tenantId}</span>
            <br />
            <span className="user-text">{caller.actor}</span>
          </Menu.Label>
          <Menu.Item onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
            {isDark ? t.toLight : t.toDark}
          </Menu.Item>
          {canSignOut && <Menu.Item onClick={signOut}>{t.signOut}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
