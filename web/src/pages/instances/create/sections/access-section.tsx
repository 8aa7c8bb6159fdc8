import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Image } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { Section } from '../../../../ui/section';
import { newKey, type PortRow } from '../form/state';
import type { SectionProps } from './props';

const t = texts.create.access;

/** SSH keys and published ports. */
export function AccessSection(props: SectionProps & { readonly image: Image | undefined }): ReactNode {
  const { form, errors, onChange, image } = props;
  const user = image?.defaultUser ?? null;
  return (
    <Section title={t.title} hint={t.text}>
      {form.type === 'vm' ? (
        <Textarea
          label={t.sshKeys}
          description={user === null ? t.sshKeysHint : `${t.sshKeysHint} ${t.sshKeysUser(user)}`}
          autosize
          minRows={2}
          maxRows={8}
          value={form.sshKeys}
          error={errors.get('sshKeys')}
          onChange={(event) => onChange({ sshKeys: event.currentTarget.value })}
        />
      ) : (
        <Text size="sm">{t.sshKeysContainer}</Text>
      )}
      <Ports {...props} />
    </Section>
  );
}

function Ports({ form, errors, onChange }: SectionProps): ReactNode {
  const setRow = (key: number, changes: Partial<PortRow>): void =>
    onChange({ ports: form.ports.map((row) => (row.key === key ? { ...row, ...changes } : row)) });
  return (
    <Stack gap="xs" role="group" aria-label={t.ports}>
      <div>
        <Text size="sm" fw={500}>
          {t.ports}
        </Text>
        <Text size="xs" c="dimmed">
          {errors.get('ports') ?? t.portsHint}
        </Text>
      </div>
      {form.ports.map((row, index) => (
        <Group key={row.key} gap="xs" align="flex-start">
          <TextInput
            aria-label={t.portNumber(index + 1)}
            placeholder={t.port}
            type="number"
            min={1}
            max={65_535}
            w={120}
            value={row.port}
            error={errors.get(`ports.${row.key}.port`)}
            onChange={(event) => setRow(row.key, { port: event.currentTarget.value })}
          />
          <Select
            aria-label={t.protocolNumber(index + 1)}
            data={['tcp', 'udp']}
            w={90}
            allowDeselect={false}
            value={row.protocol}
            onChange={(protocol) => setRow(row.key, { protocol: protocol === 'udp' ? 'udp' : 'tcp' })}
          />
          <TextInput
            aria-label={t.hostPortNumber(index + 1)}
            placeholder={t.anyHostPort}
            type="number"
            min={1}
            max={65_535}
            w={120}
            value={row.hostPort}
            error={errors.get(`ports.${row.key}.hostPort`)}
            onChange={(event) => setRow(row.key, { hostPort: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            size="sm"
            aria-label={t.removePort(index + 1)}
            onClick={() => onChange({ ports: form.ports.filter(({ key }) => key !== row.key) })}
          >
            ✕
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            onChange({ ports: [...form.ports, { key: newKey(), port: '', protocol: 'tcp', hostPort: '' }] })
          }
        >
          {t.addPort}
        </Button>
      </Group>
    </Stack>
  );
}
