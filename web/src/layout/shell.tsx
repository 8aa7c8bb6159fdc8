import { AppShell, Box, Burger, Group, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../session/session';
import { texts } from '../texts';
import { LinkNav } from '../ui/links';
import { ConnectionBanner } from './connection-banner';
import { HeaderActions } from './header-actions';
import classes from './shell.module.css';

const t = texts.navigation;

const TENANT_LINKS = [
  { to: '/instances', label: t.instances },
  { to: '/snapshots', label: t.snapshots },
  { to: '/images', label: t.images },
  { to: '/flavors', label: t.flavors },
  { to: '/webhooks', label: t.webhooks },
  { to: '/quotas', label: t.quotas },
] as const;

const OPERATOR_LINKS = [
  { to: '/operators', label: t.overview },
  { to: '/operators/tenants', label: t.tenants },
  { to: '/operators/audit', label: t.audit },
  { to: '/operators/orphans', label: t.orphans },
] as const;

/** Navigation, header and the page. */
export function Shell(): ReactNode {
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a href="#content" className={classes.skip}>
        {t.skip}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t.open} />
            <Text fw={700} className="one-line">
              {texts.product}
            </Text>
          </Group>
          <HeaderActions />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t.label}>
        <ScrollArea>
          {/* On a phone, the navigation covers the page. */}
          <Navigation path={path} onFollow={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <ConnectionBanner />
        <Box maw={1400} mx="auto">
          <Outlet />
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

function Navigation({ path, onFollow }: { path: string; onFollow: () => void }): ReactNode {
  const { caller } = useSession();
  return (
    <>
      {TENANT_LINKS.map(({ to, label }) => (
        <LinkNav key={to} to={to} label={label} active={path.startsWith(to)} bdrs="md" onClick={onFollow} />
      ))}
      {caller.isOperator && (
        <>
          <Text size="xs" fw={700} tt="uppercase" c="dimmed" px="sm" pt="md" pb={4}>
            {t.operators}
          </Text>
          {OPERATOR_LINKS.map(({ to, label }) => (
            <LinkNav
              key={to}
              to={to}
              label={label}
              active={path === to}
              activeOptions={{ exact: true }}
              bdrs="md"
              onClick={onFollow}
            />
          ))}
        </>
      )}
    </>
  );
}
