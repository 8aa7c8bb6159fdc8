import { Alert, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Quota } from 'uim-compute-client';
import { quotaQuery } from '../../api/queries';
import { useCompute } from '../../session/session';
import { texts } from '../../texts';
import { PageIntro } from '../../ui/lists/page-intro';
import { PageHeader } from '../../ui/page-header';
import { ProblemAlert } from '../../ui/problem-alert';
import { UsageBar } from '../../ui/usage-bar';
import { levelOf, type UsageLevel } from '../../ui/usage/level';
import { RESOURCES } from '../../ui/usage/resources';
import { Consumers } from './consumers-section';
import { partsOf } from './duration';

const t = texts.quotas;
const CARD_HEIGHT = 100;

/** What the tenant uses and may use. */
export function QuotasPage(): ReactNode {
  const quota = useQuery(quotaQuery(useCompute()));
  return (
    <Stack gap="md">
      <PageHeader title={t.title} />
      <PageIntro>{t.intro}</PageIntro>
      {quota.error && <ProblemAlert error={quota.error} retry={() => void quota.refetch()} />}
      {quota.data && <Verdict quota={quota.data} />}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }}>
        {RESOURCES.map(({ name, unit }) =>
          quota.data ? (
            <Paper key={name} withBorder p="md" mih={CARD_HEIGHT}>
              <UsageBar
                label={t.resource[name]}
                used={quota.data.usage[name]}
                limit={quota.data.limits[name]}
                unit={unit}
              />
            </Paper>
          ) : (
            !quota.error && <Skeleton key={name} height={CARD_HEIGHT} />
          ),
        )}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Explanation title={t.whatHappens} text={t.whatHappensText} />
        {quota.data ? (
          <Explanation title={t.retention} text={retentionOf(quota.data)} />
        ) : (
          !quota.error && <Skeleton height={CARD_HEIGHT} />
        )}
      </SimpleGrid>
      <Consumers />
    </Stack>
  );
}

function Verdict({ quota: { usage, limits } }: { quota: Quota }): ReactNode {
  const namesWith = (...levels: readonly UsageLevel[]): readonly string[] =>
    RESOURCES.filter(
      // Nobody misses what a tenant does not get at all.
      ({ name }) => limits[name] > 0 && levels.includes(levelOf({ used: usage[name], limit: limits[name] })),
    ).map(({ name }) => t.resource[name]);
  const full = namesWith('full', 'over');
  const near = namesWith('near');
  return (
    <>
      {full.length > 0 && (
        <Alert color="red" variant="light" title={t.fullTitle(full)}>
          {t.fullText}
        </Alert>
      )}
      {near.length > 0 && (
        <Alert color="yellow" variant="light" title={t.nearTitle(near)}>
          {t.nearText}
        </Alert>
      )}
    </>
  );
}

function retentionOf({ retainDeleted }: Quota): string {
  const parts = retainDeleted === null ? [] : partsOf(retainDeleted);
  if (parts?.length === 0) return t.notRetained;
  return t.retained(parts ? t.duration(parts) : (retainDeleted ?? ''));
}

function Explanation({ title, text }: { title: string; text: string }): ReactNode {
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb={4}>
        {title}
      </Title>
      <Text size="sm">{text}</Text>
    </Paper>
  );
}
