import { Button, Code, Group, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { ComputeClient, InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { CopyButton } from '../../../../ui/copy-button';
import { messageOf } from '../../../../ui/problem-alert';
import { ReasonButton } from '../../../../ui/reason-button';
import { reasonAgainst } from '../power/reasons';
import { Section } from '../../../../ui/section';
import { useInstanceChange } from '../use-instance-change';

const t = texts.instance.attachments;

interface AttachmentKind {
  readonly title: string;
  readonly none: string;
  readonly label: string;
  readonly hint: string;
  readonly detachTitle: string;
  readonly detachText: (id: string) => string;
  readonly idsOf: (instance: InstanceDetails) => readonly string[];
  readonly attach: (compute: ComputeClient, id: string, resource: string) => Promise<unknown>;
  readonly detach: (compute: ComputeClient, id: string, resource: string) => Promise<unknown>;
}

const KINDS: readonly AttachmentKind[] = [
  {
    title: t.networks,
    none: t.noNetworks,
    label: t.networkId,
    hint: t.networkHint,
    detachTitle: t.detachNetworkTitle,
    detachText: t.detachNetworkText,
    idsOf: ({ networkIds }) => networkIds,
    attach: (compute, id, networkId) => compute.attachNetwork(id, { networkId }),
    detach: (compute, id, networkId) => compute.detachNetwork(id, networkId),
  },
  {
    title: t.volumes,
    none: t.noVolumes,
    label: t.volumeId,
    hint: t.volumeHint,
    detachTitle: t.detachVolumeTitle,
    detachText: t.detachVolumeText,
    idsOf: ({ volumeIds }) => volumeIds,
    attach: (compute, id, volumeId) => compute.attachVolume(id, { volumeId }),
    detach: (compute, id, volumeId) => compute.detachVolume(id, volumeId),
  },
];

/** Networks and volumes, which other services keep. */
export function AttachmentsTab({ instance }: { instance: InstanceDetails }): ReactNode {
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {KINDS.map((kind) => (
        <Attachments key={kind.title} kind={kind} instance={instance} />
      ))}
    </SimpleGrid>
  );
}

interface AttachmentsProps {
  readonly kind: AttachmentKind;
  readonly instance: InstanceDetails;
}

function Attachments({ kind, instance }: AttachmentsProps): ReactNode {
  const [detaching, setDetaching] = useState<string>();
  const ids = kind.idsOf(instance);
  const reason = reasonAgainst('detach', instance);
  const detach = useInstanceChange<string>(
    instance.id,
    (compute, resource) => kind.detach(compute, instance.id, resource),
    () => setDetaching(undefined),
  );
  const close = (): void => {
    detach.reset();
    setDetaching(undefined);
  };
  return (
    <Section title={kind.title}>
      {ids.length === 0 && (
        <Text size="sm" c="dimmed">
          {kind.none}
        </Text>
      )}
      {ids.length > 0 && (
        <Table aria-label={kind.title}>
          <Table.Tbody>
            {ids.map((id) => (
              <Table.Tr key={id}>
                <Table.Td pl={0}>
                  <Code className="user-text">{id}</Code> <CopyButton value={id} />
                </Table.Td>
                <Table.Td pr={0} ta="right">
                  <ReasonButton
                    size="xs"
                    variant="default"
                    reason={reason}
                    aria-label={t.detachOf(id)}
                    onClick={() => setDetaching(id)}
                  >
                    {t.detach}
                  </ReasonButton>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <AttachForm kind={kind} instance={instance} />
      {detaching !== undefined && (
        <ConfirmDialog
          title={kind.detachTitle}
          text={kind.detachText(detaching)}
          action={t.detach}
          error={detach.error}
          isBusy={detach.isPending}
          onConfirm={() => detach.mutate(detaching)}
          onClose={close}
        />
      )}
    </Section>
  );
}

function AttachForm({ kind, instance }: AttachmentsProps): ReactNode {
  const [resource, setResource] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const attach = useInstanceChange<string>(
    instance.id,
    (compute, id) => kind.attach(compute, instance.id, id),
    () => setResource(''),
  );
  const reason = reasonAgainst('attach', instance);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (reason !== undefined || attach.isPending) return;
    const id = resource.trim();
    setIsMissing(id === '');
    if (id !== '') attach.mutate(id);
  };
  const refusal = attach.error ? messageOf(attach.error) : undefined;
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          label={kind.label}
          description={kind.hint}
          value={resource}
          error={isMissing ? t.enterId : refusal}
          errorProps={{ className: 'user-text' }}
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setResource(event.currentTarget.value);
            setIsMissing(false);
            if (attach.error) attach.reset();
          }}
        />
        <Group>
          {reason === undefined ? (
            <Button type="submit" size="xs" loading={attach.isPending}>
              {t.attach}
            </Button>
          ) : (
            <ReasonButton size="xs" reason={reason} onClick={() => undefined}>
              {t.attach}
            </ReasonButton>
          )}
        </Group>
      </Stack>
    </form>
  );
}
