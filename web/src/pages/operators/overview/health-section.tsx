import { Badge, Group, Paper, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts';
import type { Check, Readiness } from '../readings/readiness';
import type { Part } from '../readings/reading';
import { checkName } from './describe';
import { Section } from './section';

const t = texts.operators.health;

const COLORS: Readonly<Record<Check['status'], string>> = {
  up: 'green',
  down: 'red',
  circuit_open: 'yellow',
  disabled: 'gray',
};

export function HealthSection({ part }: { part: Part<Readiness> }): ReactNode {
  return (
    <Section id="health" title={t.title} text={t.text} part={part} isOptional>
      {({ checks }) => (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="sm">
          {checks.map(({ name, status, detail }) => (
            <Paper key={name} withBorder p="sm">
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={600} className="user-text">
                  {checkName(name)}
                </Text>
                <Badge variant="dot" color={COLORS[status]} tt="none" miw="max-content">
                  {t.status[status]}
                </Badge>
              </Group>
              {detail !== undefined && (
                <Text size="xs" mt={4} className="user-text" lineClamp={3} title={detail}>
                  {detail}
                </Text>
              )}
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </Section>
  );
}
