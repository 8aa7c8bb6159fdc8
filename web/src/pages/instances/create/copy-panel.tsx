import { Button, Code, CopyButton, Group, Paper, Stack, Tabs, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSession } from '../../../session/session';
import { texts } from '../../../texts';
import { asCli } from '../../../ui/copy-as/as-cli';
import { asCurl } from '../../../ui/copy-as/as-curl';
import { asTypeScript } from '../../../ui/copy-as/as-typescript';
import type { Recipe, Target } from '../../../ui/copy-as/request';
import { cliCreate } from './copy/cli-create';
import { bodyOf, countOf, requestOf } from './form/request';
import type { CreateForm } from './form/state';

const t = texts.create.copyAs;
const PATH = '/api/v1/compute/instances';

/** The same request for a terminal or a program. */
export function CopyPanel({ form }: { form: CreateForm }): ReactNode {
  const { caller, settings } = useSession();
  const target: Target = {
    origin: window.location.origin,
    tenantId: caller.tenantId,
    tenantHeader: settings.tenantHeader,
    needsToken: settings.authMode === 'jwt',
  };
  const recipes = recipesOf(form, target);
  return (
    <Paper withBorder p="md" component="section" aria-label={t.title}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t.title}
        </Title>
        <Text size="sm" c="dimmed">
          {target.needsToken ? `${t.text} ${t.needsToken}` : t.text}
        </Text>
        <Tabs defaultValue="curl">
          <Tabs.List>
            {recipes.map(({ id, label }) => (
              <Tabs.Tab key={id} value={id}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {recipes.map(({ id, text }) => (
            <Tabs.Panel key={id} value={id} pt="xs">
              <Code block tabIndex={0} aria-label={t.label} mah={320}>
                {text}
              </Code>
              <Group mt="xs">
                <CopyButton value={text}>
                  {({ copied, copy }) => (
                    <Button size="xs" variant="default" onClick={copy}>
                      {copied ? texts.action.copied : texts.action.copy}
                    </Button>
                  )}
                </CopyButton>
              </Group>
            </Tabs.Panel>
          ))}
        </Tabs>
      </Stack>
    </Paper>
  );
}

function recipesOf(form: CreateForm, target: Target): readonly Recipe[] {
  const count = countOf(form);
  const body = bodyOf(requestOf(form), count);
  const call =
    count === 1
      ? { result: 'instance', method: 'create', parameters: [body] }
      : { result: 'created', method: 'createMany', parameters: [body] };
  return [
    { id: 'curl', label: t.tabs.curl, text: asCurl({ method: 'POST', path: PATH, body }, target) },
    { id: 'cli', label: t.tabs.cli, text: asCli(cliCreate(body), target) },
    { id: 'typescript', label: t.tabs.typescript, text: asTypeScript(call, target) },
  ];
}
