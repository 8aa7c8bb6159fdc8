import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { texts } from '../../../texts';
import { hasAuditFilter, parseAuditSearch, type AuditSearch } from './search';

const t = texts.operators.audit.filter;

const FIELDS = [
  { name: 'tenant', label: t.tenant, width: 150, type: 'text' },
  { name: 'actor', label: t.actor, width: 170, type: 'text' },
  { name: 'type', label: t.type, width: 170, type: 'text' },
  { name: 'instance', label: t.instance, width: 300, type: 'text' },
  { name: 'request', label: t.request, width: 300, type: 'text' },
  { name: 'since', label: t.since, width: 210, type: 'datetime-local' },
  { name: 'until', label: t.until, width: 210, type: 'datetime-local' },
] as const;

export interface AuditFiltersProps {
  readonly search: AuditSearch;
  readonly onChange: (search: AuditSearch) => void;
}

/** Exact values: the service compares, and does not guess. */
export function AuditFilters({ search, onChange }: AuditFiltersProps): ReactNode {
  const [draft, setDraft] = useState(search);
  const [error, setError] = useState<string>();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const next = parseAuditSearch({ ...draft, pages: undefined });
    const isWrong = (draft.instance ?? '').trim() !== '' && next.instance === undefined;
    setError(isWrong ? t.wholeId : undefined);
    if (!isWrong) onChange(next);
  };
  const clear = (): void => {
    setDraft({});
    setError(undefined);
    onChange({});
  };
  return (
    <form onSubmit={submit} role="search" aria-label={t.label}>
      <Group gap="xs" align="flex-start">
        {FIELDS.map(({ name, label, width, type }) => (
          <TextInput
            key={name}
            type={type}
            label={label}
            w={width}
            maxLength={255}
            value={draft[name] ?? ''}
            error={name === 'instance' ? error : undefined}
            onChange={({ currentTarget }) => setDraft({ ...draft, [name]: currentTarget.value })}
          />
        ))}
        <Button type="submit" variant="default" mt={25}>
          {t.search}
        </Button>
        {hasAuditFilter(search) && (
          <Anchor component="button" type="button" size="sm" mt={33} onClick={clear}>
            {texts.action.clearFilters}
          </Anchor>
        )}
      </Group>
    </form>
  );
}
