import { Alert, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InstanceDetails } from 'uim-compute-client';
import { texts } from '../../../texts';
import { RelativeTime } from '../../../ui/relative-time';

const t = texts.instance;
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Says until when a deleted instance can be brought back. */
export function DeletedBanner({ instance }: { instance: InstanceDetails }): ReactNode {
  const { purgeAt } = instance;
  const hasTime = typeof purgeAt === 'number';
  return (
    <Alert color="yellow" variant="light" title={t.deletedTitle}>
      <Text size="sm">{hasTime ? t.deletedText : t.purging}</Text>
      {hasTime && (
        <Text size="sm" mt={4}>
          {t.purgedOn} <b>{exact.format(new Date(purgeAt * 1000))}</b> (<RelativeTime at={purgeAt} />)
        </Text>
      )}
    </Alert>
  );
}
