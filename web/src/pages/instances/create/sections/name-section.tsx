import { Group, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../../texts';
import { Section } from '../../../../ui/section';
import { countOf } from '../form/request';
import { MAX_COUNT } from '../form/state';
import type { SectionProps } from './props';

const t = texts.create.name;

/** Its name, and how many of it. */
export function NameSection({ form, errors, onChange }: SectionProps): ReactNode {
  const count = countOf(form);
  return (
    <Section title={t.title}>
      <Group align="flex-start">
        <TextInput
          label={t.label}
          description={t.hint}
          placeholder={t.placeholder}
          value={form.name}
          error={errors.get('name')}
          maxLength={255}
          required
          flex="1 1 260px"
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={t.count}
          description={t.countHint}
          type="number"
          min={1}
          max={MAX_COUNT}
          w={180}
          value={form.count}
          error={errors.get('count')}
          onChange={(event) => onChange({ count: event.currentTarget.value })}
        />
      </Group>
      {count > 1 && form.name.trim() !== '' && (
        <Text size="sm" className="user-text">
          {t.names(form.name.trim(), count)}
        </Text>
      )}
    </Section>
  );
}
