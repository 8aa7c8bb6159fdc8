import { PasswordInput, TagsInput, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts';
import type { FieldErrors } from '../../ui/forms/field-errors';

const t = texts.webhooks;
const EXPLANATIONS: Readonly<Record<string, string>> = t.explanations;
const TYPES = Object.keys(EXPLANATIONS);
const MAX_TYPES = 50;

export interface WebhookDraft {
  readonly url: string;
  readonly types: readonly string[];
  /** Empty if it is to be generated or kept. */
  readonly secret: string;
}

export const WEBHOOK_FIELDS = ['url', 'types', 'secret'];
/** Fields of refusals that do not name one. */
export const FIELD_OF_CODE = { webhook_url_insecure: 'url', webhook_target_refused: 'url' };

export interface WebhookFieldsProps {
  readonly draft: WebhookDraft;
  readonly errors: FieldErrors;
  readonly isNew: boolean;
  readonly onChange: (draft: WebhookDraft) => void;
}

export function WebhookFields({ draft, errors, isNew, onChange }: WebhookFieldsProps): ReactNode {
  return (
    <>
      <TextInput
        type="url"
        label={t.url}
        description={t.urlHint}
        placeholder="https://"
        required
        data-autofocus
        value={draft.url}
        error={errors.url}
        onChange={(event) => onChange({ ...draft, url: event.currentTarget.value })}
      />
      <TagsInput
        label={t.types}
        description={t.typesHint}
        required
        data={TYPES}
        maxTags={MAX_TYPES}
        // The list itself scrolls: a part of it that does would need the focus.
        withScrollArea={false}
        styles={{ options: { maxHeight: 280, overflowY: 'auto' } }}
        clearable
        acceptValueOnBlur
        value={[...draft.types]}
        error={errors.types}
        renderOption={({ option }) => (
          <div>
            <Text size="sm" fw={600}>
              {option.value}
            </Text>
            <Text size="xs">{EXPLANATIONS[option.value]}</Text>
          </div>
        )}
        onChange={(types) => onChange({ ...draft, types })}
      />
      <PasswordInput
        label={isNew ? t.secret : t.newSecret}
        description={isNew ? t.secretHint : t.newSecretHint}
        autoComplete="off"
        value={draft.secret}
        error={errors.secret}
        onChange={(event) => onChange({ ...draft, secret: event.currentTarget.value })}
      />
    </>
  );
}
