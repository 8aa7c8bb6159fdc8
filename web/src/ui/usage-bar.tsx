import { Badge, Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts';
import { levelOf, sharesOf, type Usage, type UsageLevel } from './usage/level';

const t = texts.usage;

const COLORS: Readonly<Record<UsageLevel, string>> = {
  unlimited: 'gray',
  free: 'indigo',
  near: 'yellow',
  full: 'red',
  over: 'red',
};

export interface UsageBarProps extends Usage {
  readonly label: string;
  /** E.g. "GB"; absent for things that are counted. */
  readonly unit?: string | undefined;
  readonly size?: 'sm' | 'md' | undefined;
}

/** How much of a limit is used, in numbers, as a bar, and as a word once it matters. */
export function UsageBar({ label, unit = '', size = 'md', ...usage }: UsageBarProps): ReactNode {
  const { used, requested = 0, limit } = usage;
  const level = levelOf(usage);
  const shares = sharesOf(usage);
  const color = COLORS[level];
  return (
    <Stack gap={4} miw={0}>
      <Text size={size === 'md' ? 'sm' : 'xs'} fw={600} className="user-text">
        {label}
      </Text>
      {/* The numbers below say the same. */}
      <Progress.Root size={size} aria-hidden>
        <Progress.Section value={shares.used} color={color} withAria={false} />
        {requested > 0 && (
          <Progress.Section value={shares.requested} color={color} opacity={0.5} striped withAria={false} />
        )}
      </Progress.Root>
      <Group justify="space-between" gap={4} mih={20}>
        <Text size="xs" className="numeric">
          {limit < 0 ? t.unlimited(used, unit) : t.of(used, limit, unit)}
          {requested > 0 && ` ${t.requested(requested, unit)}`}
        </Text>
        {level !== 'free' && level !== 'unlimited' && (
          <Badge variant="dot" color={color} tt="none" size="sm" miw="max-content">
            {t.level[level]}
          </Badge>
        )}
      </Group>
    </Stack>
  );
}
