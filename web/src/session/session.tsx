import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { ProblemError, type ComputeClient } from 'uim-compute-client';
import { clientOf, type Credentials } from './credentials';
import { finishSignIn, isReturning } from './oidc';
import { readSettings, type Settings } from './settings';

/** The user as the service has authenticated the requests of the page. */
interface Caller {
  readonly tenantId: string;
  readonly actor: string;
  readonly isOperator: boolean;
}

export interface Session {
  readonly compute: ComputeClient;
  readonly caller: Caller;
  readonly settings: Settings;
  readonly signOut: () => void;
}

export type SessionState =
  | { readonly kind: 'loading' }
  /** The service does not answer. */
  | { readonly kind: 'unreachable'; readonly error: unknown; readonly retry: () => void }
  | {
      readonly kind: 'signed-out';
      readonly settings: Settings;
      /** Why the last attempt was refused, or why the session ended. */
      readonly error: unknown;
      readonly hasExpired: boolean;
      readonly signIn: (credentials: Credentials) => Promise<void>;
    }
  | { readonly kind: 'signed-in'; readonly session: Session };

const SessionContext = createContext<Session | undefined>(undefined);

/** The tenant that the user chose: it survives a reload, unlike a token. */
const TENANT_KEY = 'tenant';

type Stored =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unreachable'; readonly error: unknown }
  | {
      readonly kind: 'signed-out';
      readonly settings: Settings;
      readonly error?: unknown;
      readonly hasExpired?: true;
    }
  | {
      readonly kind: 'signed-in';
      readonly settings: Settings;
      readonly compute: ComputeClient;
      readonly caller: Caller;
    };

/**
 * Signs in without asking if a gateway or a former choice names the tenant, and otherwise waits for `signIn`.
 * @param prepare called before the service has accepted the user
 */
export function useSessionState(prepare: (compute: ComputeClient) => void): SessionState {
  const [state, setState] = useState<Stored>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const queries = useQueryClient();

  const signIn = useCallback(
    async (settings: Settings, credentials: Credentials) => {
      const onRefused = (): void =>
        setState((now) =>
          now.kind === 'signed-in' ? { kind: 'signed-out', settings, hasExpired: true } : now,
        );
      const compute = clientOf(credentials, settings.tenantHeader, onRefused);
      // What another tenant has read must not be shown to this one.
      queries.clear();
      prepare(compute);
      try {
        const caller = await compute.caller();
        if (settings.choosesTenant) sessionStorage.setItem(TENANT_KEY, caller.tenantId);
        setState({ kind: 'signed-in', settings, compute, caller });
      } catch (error) {
        if (error instanceof ProblemError) setState({ kind: 'signed-out', settings, error });
        else setState({ kind: 'unreachable', error });
      }
    },
    [prepare, queries],
  );

  useEffect(() => {
    const controller = new AbortController();
    const begin = async (): Promise<void> => {
      const settings = await readSettings(controller.signal);
      if (settings.oidc && isReturning()) {
        const token = await finishSignIn(settings.oidc);
        await signIn(settings, { token });
        return;
      }
      const chosen = settings.choosesTenant ? sessionStorage.getItem(TENANT_KEY) : null;
      if (settings.choosesTenant && chosen === null) setState({ kind: 'signed-out', settings });
      else if (settings.authMode === 'jwt') setState({ kind: 'signed-out', settings });
      else await signIn(settings, chosen === null ? {} : { tenantId: chosen });
    };
    begin().catch((error: unknown) => {
      if (!controller.signal.aborted) setState({ kind: 'unreachable', error });
    });
    return () => controller.abort();
  }, [attempt, signIn]);

  const settings = 'settings' in state ? state.settings : undefined;
  const signOut = useCallback(() => {
    sessionStorage.removeItem(TENANT_KEY);
    queries.clear();
    if (settings) setState({ kind: 'signed-out', settings });
  }, [queries, settings]);

  return useMemo((): SessionState => {
    switch (state.kind) {
      case 'loading':
        return state;
      case 'unreachable':
        return {
          ...state,
          retry: () => {
            setState({ kind: 'loading' });
            setAttempt((before) => before + 1);
          },
        };
      case 'signed-out':
        return {
          kind: 'signed-out',
          settings: state.settings,
          error: state.error,
          hasExpired: state.hasExpired === true,
          signIn: (credentials) => signIn(state.settings, credentials),
        };
      case 'signed-in': {
        const { compute, caller, settings: of } = state;
        return { kind: 'signed-in', session: { compute, caller, settings: of, signOut } };
      }
    }
  }, [state, signIn, signOut]);
}

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }): ReactNode {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** @throws {Error} outside of pages for signed-in users */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('no user is signed in');
  return session;
}

export function useCompute(): ComputeClient {
  return useSession().compute;
}
