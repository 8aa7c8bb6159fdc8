import { Alert, Button, Center, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { texts } from '../texts';
import { ProblemAlert } from '../ui/problem-alert';
import type { Credentials } from './credentials';
import { beginSignIn } from './oidc';
import type { OidcSettings, Settings } from './settings';

const t = texts.signIn;

export interface SignInPageProps {
  readonly settings: Settings;
  readonly error: unknown;
  readonly hasExpired: boolean;
  readonly signIn: (credentials: Credentials) => Promise<void>;
}

/** What is asked for depends on how the service authenticates: a tenant, a token, or a provider's page. */
export function SignInPage({ settings, error, hasExpired, signIn }: SignInPageProps): ReactNode {
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder shadow="sm" p="xl" w="100%" maw={420}>
        <Stack>
          <Title order={1} size="h2">
            {texts.product}
          </Title>
          {hasExpired && <Alert color="yellow">{t.expired}</Alert>}
          {error !== undefined && <ProblemAlert error={error} />}
          {settings.oidc ? (
            <ProviderButton oidc={settings.oidc} />
          ) : (
            <CredentialsForm settings={settings} signIn={signIn} />
          )}
        </Stack>
      </Paper>
    </Center>
  );
}

function ProviderButton({ oidc }: { oidc: OidcSettings }): ReactNode {
  const [isLeaving, setIsLeaving] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const leave = (): void => {
    setIsLeaving(true);
    beginSignIn(oidc).catch((error: unknown) => {
      setFailure(error);
      setIsLeaving(false);
    });
  };
  return (
    <>
      {failure !== undefined && <ProblemAlert error={failure} />}
      <Button onClick={leave} loading={isLeaving}>
        {t.withProvider}
      </Button>
    </>
  );
}

function CredentialsForm({ settings, signIn }: Pick<SignInPageProps, 'settings' | 'signIn'>): ReactNode {
  const [tenantId, setTenantId] = useState('default');
  const [token, setToken] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const isJwt = settings.authMode === 'jwt';
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsBusy(true);
    const credentials = { ...(settings.choosesTenant && { tenantId }), ...(token !== '' && { token }) };
    void signIn(credentials).finally(() => setIsBusy(false));
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {settings.choosesTenant && (
          <TextInput
            label={t.tenant}
            description={t.tenantHint(settings.tenantHeader)}
            value={tenantId}
            onChange={(event) => setTenantId(event.currentTarget.value)}
            maxLength={64}
            required
            data-autofocus
          />
        )}
        {settings.acceptsToken && (
          <PasswordInput
            label={isJwt ? t.token : t.operatorToken}
            description={isJwt ? t.tokenHint : t.operatorTokenHint}
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            required={isJwt}
            autoComplete="off"
          />
        )}
        {!settings.choosesTenant && !settings.acceptsToken && <Text>{t.throughGateway}</Text>}
        <Button type="submit" loading={isBusy}>
          {t.submit}
        </Button>
      </Stack>
    </form>
  );
}
