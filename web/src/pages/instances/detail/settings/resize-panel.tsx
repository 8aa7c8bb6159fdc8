import { Badge, Checkbox, Group, Radio, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import type { Capacity, Flavor, InstanceDetails } from 'uim-compute-client';
import { capacityQuery, flavorsQuery } from '../../../../api/queries';
import { useCompute } from '../../../../session/session';
import { texts } from '../../../../texts';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { reasonAgainst } from '../power/reasons';
import { Section } from '../../../../ui/section';
import { useInstanceChange } from '../use-instance-change';
import classes from './resize-panel.module.css';
import { SaveButton } from './save-button';

const t = texts.instance.settings;

/** Gives the instance another flavor. */
export function ResizePanel({ instance }: { instance: InstanceDetails }): ReactNode {
  const compute = useCompute();
  const flavors = useQuery(flavorsQuery(compute));
  const capacity = useQuery(capacityQuery(compute));
  const [chosen, setChosen] = useState<string>();
  const [allowRestart, setAllowRestart] = useState(false);
  const resize = useInstanceChange<string>(
    instance.id,
    (client, flavor) => client.resize(instance.id, { flavor, ...(allowRestart && { allowRestart }) }),
    () => setChosen(undefined),
  );
  const isChanged = chosen !== undefined && chosen !== instance.flavor;
  const reason =
    reasonAgainst('resize', instance) ?? (isChanged ? undefined : texts.instance.reason.chooseFlavor);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isChanged && reason === undefined) resize.mutate(chosen);
  };
  return (
    <Section title={t.resize} hint={t.resizeHint}>
      {flavors.error && <ProblemAlert error={flavors.error} retry={() => void flavors.refetch()} />}
      {flavors.isPending && <Skeleton height={92} />}
      {flavors.data && (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Radio.Group
              aria-label={t.resize}
              value={chosen ?? instance.flavor}
              onChange={(flavor) => {
                setChosen(flavor);
                resize.reset();
              }}
            >
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
                {shownFlavors(flavors.data, instance.flavor).map((flavor) => (
                  <FlavorCard
                    key={flavor.name}
                    flavor={flavor}
                    instance={instance}
                    capacity={capacity.data}
                  />
                ))}
              </SimpleGrid>
            </Radio.Group>
            {instance.status === 'running' && (
              <Checkbox
                label={t.allowRestart}
                description={t.allowRestartHint}
                checked={allowRestart}
                onChange={(event) => setAllowRestart(event.currentTarget.checked)}
              />
            )}
            {resize.error && <ProblemAlert error={resize.error} />}
            <SaveButton label={t.resizeTo} reason={reason} isBusy={resize.isPending} />
          </Stack>
        </form>
      )}
    </Section>
  );
}

/** A retired flavor cannot be chosen, but an instance can have one. */
function shownFlavors(flavors: readonly Flavor[], present: string): readonly Flavor[] {
  return flavors.filter(({ name, retired }) => retired !== true || name === present);
}

interface FlavorCardProps {
  readonly flavor: Flavor;
  readonly instance: InstanceDetails;
  readonly capacity: Capacity | undefined;
}

function FlavorCard({ flavor, instance, capacity }: FlavorCardProps): ReactNode {
  const { name, vcpus, ramGB, diskGB, gpus } = flavor;
  const isPresent = name === instance.flavor;
  return (
    <Radio.Card value={name} p="sm" radius="md" className={classes.card}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator />
        <div className={classes.text}>
          <Text fw={600} size="sm" className="user-text one-line" title={name}>
            {name}
          </Text>
          <Text size="xs">
            {texts.instance.facts.flavorSize(vcpus, ramGB, diskGB)}
            {gpus !== undefined && `, ${t.gpus(gpus)}`}
          </Text>
          <Group mt={4}>
            {isPresent ? (
              <Badge size="sm" variant="default" tt="none">
                {flavor.retired === true ? `${t.present}, ${t.retired}` : t.present}
              </Badge>
            ) : (
              <Fit flavor={name} type={instance.type} capacity={capacity} />
            )}
          </Group>
        </div>
      </Group>
    </Radio.Card>
  );
}

interface FitProps {
  readonly flavor: string;
  readonly type: InstanceDetails['type'];
  readonly capacity: Capacity | undefined;
}

function Fit({ flavor, type, capacity }: FitProps): ReactNode {
  const share = capacity?.flavors.find(({ name }) => name === flavor);
  if (!share) return null;
  const count = share.fits[type];
  if (count === 0)
    return (
      <Text size="xs" title={t.fitsNoneHint}>
        {t.fitsNone}
      </Text>
    );
  return <Text size="xs">{count === null ? t.fitsUnlimited : t.fits(count)}</Text>;
}
