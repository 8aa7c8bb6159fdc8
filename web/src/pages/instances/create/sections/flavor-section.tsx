import { Group, Radio, SimpleGrid, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Capacity, Flavor, Quota } from 'uim-compute-client';
import { texts } from '../../../../texts';
import { EmptyState } from '../../../../ui/empty-state';
import { Section } from '../../../../ui/section';
import { obstacleOf, type FlavorObstacle, type Source } from '../form/source';
import type { CreateForm } from '../form/state';
import classes from './flavor-section.module.css';
import type { SectionProps } from './props';

const t = texts.create.flavor;

export interface FlavorSectionProps extends SectionProps {
  /** Undefined while they load. */
  readonly flavors: readonly Flavor[] | undefined;
  readonly capacity: Capacity | undefined;
  readonly quota: Quota | undefined;
  readonly source: Source;
}

/** Flavors as cards, with how many would fit. Those that cannot be chosen say why. */
export function FlavorSection(props: FlavorSectionProps): ReactNode {
  const { form, errors, onChange, flavors, capacity, quota, source } = props;
  const shown = flavors?.filter(({ retired }) => retired !== true);
  return (
    <Section title={t.title} hint={t.text}>
      {shown === undefined && <Skeleton height={120} />}
      {shown?.length === 0 && <EmptyState title={t.none} text={t.noneText} />}
      {shown && shown.length > 0 && (
        <Radio.Group
          aria-label={t.label}
          value={form.flavor}
          error={errors.get('flavor')}
          onChange={(flavor) => onChange({ flavor })}
        >
          <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="xs">
            {shown.map((flavor) => {
              const fits = fitsOf(flavor, form, capacity);
              const obstacle = obstacleOf(flavor, { ...source, resume: form.resume, fits, quota });
              return <FlavorCard key={flavor.name} flavor={flavor} fits={fits} obstacle={obstacle} />;
            })}
          </SimpleGrid>
        </Radio.Group>
      )}
    </Section>
  );
}

interface FlavorCardProps {
  readonly flavor: Flavor;
  readonly fits: number | null | undefined;
  readonly obstacle: FlavorObstacle | undefined;
}

function FlavorCard({ flavor, fits, obstacle }: FlavorCardProps): ReactNode {
  const { name, vcpus, ramGB, diskGB, gpus = 0, gpuModel, description } = flavor;
  const parts = [t.vcpus(vcpus), t.ram(ramGB), t.disk(diskGB), ...(gpus > 0 ? [t.gpus(gpus, gpuModel)] : [])];
  return (
    <Radio.Card value={name} p="sm" disabled={obstacle !== undefined} className={classes.card ?? ''}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator />
        <div className={classes.text}>
          <Text size="sm" fw={600} className="user-text one-line" title={name}>
            {name}
          </Text>
          <Text size="xs">{parts.join(' · ')}</Text>
          {description !== '' && (
            <Text size="xs" className="user-text one-line" title={description}>
              {description}
            </Text>
          )}
          <Text size="xs" mt={4} fw={600}>
            {obstacle ? obstacleText(obstacle) : fitText(fits)}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}

function fitsOf(
  { name }: Flavor,
  { type }: CreateForm,
  capacity: Capacity | undefined,
): number | null | undefined {
  return capacity?.flavors.find((share) => share.name === name)?.fits[type];
}

function fitText(fits: number | null | undefined): string {
  if (fits === undefined) return t.unknownFit;
  return fits === null ? t.noLimit : t.fits(fits);
}

function obstacleText(obstacle: FlavorObstacle): string {
  switch (obstacle.kind) {
    case 'image':
      return t.tooSmall(obstacle.minimal);
    case 'snapshot-disk':
      return t.tooSmallDisk(obstacle.diskGB);
    case 'snapshot-memory':
      return t.otherMemory(obstacle.vcpus, obstacle.ramGB);
    case 'quota':
      return t.overQuota(texts.quotas.resource[obstacle.resource]);
    case 'full':
      return t.full;
  }
}
