import { Accordion, Checkbox, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { texts } from '../../../../texts';
import { byteLength, MAX_USER_DATA_BYTES } from '../form/state';
import { PairRows } from './pair-rows';
import type { SectionProps } from './props';
import { ReadinessFields } from './readiness-fields';

const t = texts.create.advanced;
const FIELDS = /^(userData|command|env|metadata|readiness|restarts|maxRestarts)\b/;
const NUMBER = new Intl.NumberFormat('en');

/** Everything that most instances do without. Opens if a message is inside. */
export function AdvancedSection(props: SectionProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const hasError = [...props.errors.keys()].some((field) => FIELDS.test(field));
  return (
    <Accordion
      variant="contained"
      value={isOpen || hasError ? 'advanced' : null}
      onChange={(value) => setIsOpen(value !== null)}
    >
      <Accordion.Item value="advanced">
        <Accordion.Control>
          <Text fw={700}>{t.title}</Text>
          <Text size="sm" c="dimmed">
            {t.text}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack>
            {props.form.type === 'vm' ? <UserData {...props} /> : <Process {...props} />}
            <PairRows
              field="metadata"
              label={t.metadata}
              hint={t.metadataHint}
              add={t.addMetadata}
              rows={props.form.metadata}
              errors={props.errors}
              onChange={(metadata) => props.onChange({ metadata })}
            />
            <ReadinessFields {...props} />
            <Behavior {...props} />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function UserData({ form, errors, onChange }: SectionProps): ReactNode {
  const size = t.userDataSize(NUMBER.format(byteLength(form.userData)), NUMBER.format(MAX_USER_DATA_BYTES));
  return (
    <Textarea
      label={t.userData}
      description={`${t.userDataHint} ${form.userData === '' ? '' : size}`}
      autosize
      minRows={3}
      maxRows={16}
      value={form.userData}
      error={errors.get('userData')}
      onChange={(event) => onChange({ userData: event.currentTarget.value })}
    />
  );
}

function Process({ form, errors, onChange }: SectionProps): ReactNode {
  return (
    <>
      <Textarea
        label={t.command}
        description={t.commandHint}
        autosize
        minRows={2}
        value={form.command}
        error={errors.get('command')}
        onChange={(event) => onChange({ command: event.currentTarget.value })}
      />
      <PairRows
        field="env"
        label={t.env}
        hint={t.envHint}
        add={t.addEnv}
        rows={form.env}
        errors={errors}
        onChange={(env) => onChange({ env })}
      />
    </>
  );
}

function Behavior({ form, errors, onChange }: SectionProps): ReactNode {
  return (
    <Stack gap="sm" role="group" aria-label={t.behavior}>
      <Checkbox
        label={t.restarts}
        description={t.restartsText}
        checked={form.restarts}
        error={errors.get('restarts')}
        onChange={(event) => onChange({ restarts: event.currentTarget.checked })}
      />
      {form.restarts && (
        <TextInput
          label={t.maxRestarts}
          type="number"
          min={1}
          w={220}
          value={form.maxRestarts}
          error={errors.get('maxRestarts')}
          onChange={(event) => onChange({ maxRestarts: event.currentTarget.value })}
        />
      )}
      <Checkbox
        label={t.autostart}
        description={t.autostartText}
        checked={form.autostart}
        onChange={(event) => onChange({ autostart: event.currentTarget.checked })}
      />
      <Checkbox
        label={t.deletionProtection}
        description={t.deletionProtectionText}
        checked={form.deletionProtection}
        onChange={(event) => onChange({ deletionProtection: event.currentTarget.checked })}
      />
    </Stack>
  );
}
