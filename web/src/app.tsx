import { Center, Loader, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queryClient } from './api/query-client';
import { LiveEventsProvider } from './api/use-live-events';
import { NONCE } from './nonce';
import { prepareRouter, router } from './router';
import { SessionProvider, useSessionState } from './session/session';
import { SignInPage } from './session/sign-in-page';
import { texts } from './texts';
import { COLORS, THEME } from './theme';
import { EmptyState } from './ui/empty-state';
import { ProblemAlert } from './ui/problem-alert';

export function App(): ReactNode {
  return (
    <MantineProvider
      theme={THEME}
      cssVariablesResolver={COLORS}
      defaultColorScheme="auto"
      getStyleNonce={() => NONCE}
    >
      <QueryClientProvider client={queryClient}>
        <Notifications />
        <Content />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Content(): ReactNode {
  const state = useSessionState(prepareRouter);
  switch (state.kind) {
    case 'loading':
      return (
        <Center mih="100vh" component="main">
          <Loader aria-label={texts.connection.connecting} />
        </Center>
      );
    case 'unreachable':
      return (
        <main>
          <EmptyState title={texts.signIn.unreachable} text={texts.signIn.unreachableHint}>
            <ProblemAlert error={state.error} retry={state.retry} />
          </EmptyState>
        </main>
      );
    case 'signed-out':
      return <SignInPage {...state} />;
    case 'signed-in':
      return (
        <SessionProvider session={state.session}>
          <LiveEventsProvider>
            <RouterProvider router={router} />
          </LiveEventsProvider>
        </SessionProvider>
      );
  }
}
