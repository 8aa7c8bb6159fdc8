import { Code, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { flavorsQuery } from '../../../../api/queries';
import { useCompute, useSession } from '../../../../session/session';
import { texts } from '../../../../texts';
import { CopyButton } from '../../../../ui/copy-button';
import { RelativeTime } from '../../../../ui/relative-time';
import { endpointOf, probeText } from './fact-texts';

const t = texts.instance.facts;

/** Properties of the instance, as pairs of a term and its description. */
export function FactsPanel({ instance }: { instance: InstanceDetails }): ReactNode {
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t.title}
      </Title>
      <Paper withBorder p="md">
        <SimpleGrid component="dl" cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" m={0}>
          <Identity instance={instance} />
          <Network instance={instance} />
          <Behavior instance={instance} />
          <Metadata metadata={instance.metadata} />
        </SimpleGrid>
      </Paper>
    </Stack>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {term}
      </Text>
      <Text component="dd" m={0} size="sm" className="user-text">
        {children}
      </Text>
    </div>
  );
}

function Identity({ instance }: { instance: InstanceDetails }): ReactNode {
  const { caller } = useSession();
  const flavors = useQuery(flavorsQuery(useCompute()));
  const size = flavors.data?.find(({ name }) => name === instance.flavor);
  return (
    <>
      <Fact term={t.id}>
        <Text span ff="monospace" fz={12}>
          {instance.id}
        </Text>{' '}
        <CopyButton value={instance.id} aria-label={t.copyId} />
      </Fact>
      {instance.tenantId !== caller.tenantId && <Fact term={t.tenant}>{instance.tenantId}</Fact>}
      <Fact term={t.type}>{texts.instances.type[instance.type]}</Fact>
      <Fact term={t.flavor}>
        {instance.flavor}
        {size && (
          <Text size="xs" c="dimmed">
            {t.flavorSize(size.vcpus, size.ramGB, size.diskGB)}
          </Text>
        )}
      </Fact>
      <Fact term={t.image}>{instance.imageId === '' ? t.noImage : instance.imageId}</Fact>
      <Fact term={t.created}>
        <RelativeTime at={instance.createdAt} />
      </Fact>
      <Fact term={t.updated}>
        <RelativeTime at={instance.updatedAt} />
      </Fact>
      {instance.deletedAt !== undefined && (
        <Fact term={t.deleted}>
          <RelativeTime at={instance.deletedAt} />
        </Fact>
      )}
    </>
  );
}

function Network({ instance }: { instance: InstanceDetails }): ReactNode {
  return (
    <>
      <Fact term={t.addresses}>
        {instance.addresses.length === 0 && t.noAddresses}
        {instance.addresses.map(({ address, network }) => (
          <Group key={`${network} ${address}`} component="span" gap={6}>
            <Code className="user-text">{address}</Code>
            <Text span size="xs" c="dimmed" className="user-text">
              {network}
            </Text>
          </Group>
        ))}
      </Fact>
      <Fact term={t.ports}>
        {instance.ports.length === 0 && t.noPorts}
        {instance.ports.map((port) => (
          <Group key={`${port.protocol} ${port.port}`} component="span" gap={6}>
            <Code className="user-text">{endpointOf(port)}</Code>
            <CopyButton value={endpointOf(port)} aria-label={t.copyPort(endpointOf(port))} />
            <Text span size="xs" c="dimmed">
              {t.guestPort(port.port, port.protocol)}
            </Text>
          </Group>
        ))}
      </Fact>
    </>
  );
}

function Behavior({ instance }: { instance: InstanceDetails }): ReactNode {
  const { restartPolicy, readiness, readyAt } = instance;
  return (
    <>
      <Fact term={t.readiness}>
        {readiness === null && t.noProbe}
        {readiness !== null && readyAt !== null && (
          <>
            {t.ready} <RelativeTime at={readyAt} />
          </>
        )}
        {readiness !== null && readyAt === null && t.notReady}
        {readiness !== null && (
          <Text size="xs" c="dimmed" className="user-text">
            {probeText(readiness)}
          </Text>
        )}
      </Fact>
      <Fact term={t.restartPolicy}>
        {restartPolicy.condition === 'never' ? t.restartNever : t.restartOnFailure(restartPolicy.maxRestarts)}
      </Fact>
      <Fact term={t.autostart}>{instance.autostart ? t.autostartOn : t.autostartOff}</Fact>
      <Fact term={t.protection}>{instance.deletionProtection ? t.on : t.off}</Fact>
    </>
  );
}

function Metadata({ metadata }: { metadata: Readonly<Record<string, string>> }): ReactNode {
  const pairs = Object.entries(metadata);
  return (
    <Fact term={t.metadata}>
      {pairs.length === 0 && t.noMetadata}
      {pairs.map(([key, value]) => (
        <Text key={key} span size="sm" display="block" className="user-text">
          <b>{key}</b>: {value}
        </Text>
      ))}
    </Fact>
  );
}
