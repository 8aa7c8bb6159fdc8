import { Badge, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Capacity } from 'uim-compute-client';
import { texts } from '../../../texts';
import { UsageBar } from '../../../ui/usage-bar';
import { ENGINE_RESOURCES, type EngineResource } from '../readings/findings';
import type { Part } from '../readings/reading';
import { Section } from './section';

const t = texts.operators.engines;
const resources = texts.operators.resource;

type Driver = NonNullable<Capacity['drivers']>[number];

const COLORS: Readonly<Record<Driver['status'], string>> = { up: 'green', down: 'red', unknown: 'gray' };
const NO_DRIVERS: readonly Driver[] = [];

export function EnginesSection({ part }: { part: Part<Capacity> }): ReactNode {
  return (
    <Section id="engines" title={t.title} part={part}>
      {({ drivers = NO_DRIVERS }) =>
        drivers.length === 0 ? (
          <Text size="sm">{t.none}</Text>
        ) : (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
            {drivers.map((driver, index) => (
              // Several hosts can have the same driver.
              <Engine key={`${driver.name} ${index}`} driver={driver} />
            ))}
          </SimpleGrid>
        )
      }
    </Section>
  );
}

function Engine({ driver }: { driver: Driver }): ReactNode {
  const { name, status, detail, allocated, total, gpuModels = [] } = driver;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <div>
          <Group justify="space-between" wrap="nowrap">
            <Title order={3} size="h5" className="user-text">
              {name}
            </Title>
            <Badge variant="dot" color={COLORS[status]} tt="none" miw="max-content">
              {t.status[status]}
            </Badge>
          </Group>
          <Text size="sm" className="user-text" lineClamp={3} title={detail}>
            {detail}
          </Text>
          <Text size="sm">
            {t.instances(allocated.instances)}. {status !== 'up' && t.stale}
          </Text>
        </div>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          {ENGINE_RESOURCES.filter((resource) => total[resource] !== 0 || allocated[resource] > 0).map(
            (resource) => (
              <Allocation key={resource} name={resource} used={allocated[resource]} total={total[resource]} />
            ),
          )}
          {gpuModels.map(({ model, total: limit, allocated: used }) => (
            <UsageBar key={model} label={t.gpuModel(model)} used={used} limit={limit} />
          ))}
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

interface AllocationProps {
  readonly name: EngineResource;
  readonly used: number;
  /** -1 if it is unknown, unlike limits. */
  readonly total: number;
}

function Allocation({ name, used, total }: AllocationProps): ReactNode {
  const unit = name === 'ramGB' || name === 'diskGB' ? 'GB' : '';
  const label = resources[name];
  if (total >= 0) return <UsageBar label={label} used={used} limit={total} unit={unit} />;
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Text size="xs">{t.unknownTotal(texts.usage.amount(used, unit))}</Text>
    </div>
  );
}
