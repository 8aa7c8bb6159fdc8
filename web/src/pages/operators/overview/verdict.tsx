import { Alert, Anchor, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../../texts';
import { LinkAnchor } from '../../../ui/links';
import { findingsOf, hiddenParts } from '../readings/findings';
import type { Reading } from '../readings/reading';
import { describe, type Description } from './describe';

const t = texts.operators.overview;

/** In one glance: whether all is well, and otherwise what needs attention and what to do. */
export function Verdict({ reading }: { reading: Reading }): ReactNode {
  const descriptions = findingsOf(reading).map((finding) => describe(finding));
  const isHidden = hiddenParts(reading).length > 0;
  const isUrgent = descriptions.some(({ urgent }) => urgent);
  const isWell = descriptions.length === 0;
  return (
    <Alert
      color={isWell ? 'green' : isUrgent ? 'red' : 'yellow'}
      variant="light"
      role="status"
      title={isWell ? t.well : t.attention(descriptions.length)}
    >
      {isWell && <Text size="sm">{t.wellText}</Text>}
      <List size="sm" spacing="xs">
        {descriptions.map((description) => (
          <FindingItem key={description.id} {...description} />
        ))}
      </List>
      {isHidden && (
        <Text size="sm" mt="xs">
          {t.hidden}
        </Text>
      )}
    </Alert>
  );
}

function FindingItem({ title, detail, remedy, section, page }: Description): ReactNode {
  return (
    <List.Item className="user-text">
      <b>{title}</b>
      {detail !== undefined && `: ${detail}`}
      <br />
      {remedy}{' '}
      {section !== undefined && (
        <Anchor href={`#${section}`} size="sm" underline="always" c="inherit">
          {t.show}
        </Anchor>
      )}
      {page !== undefined && (
        <LinkAnchor to={page} size="sm" underline="always" c="inherit">
          {t.show}
        </LinkAnchor>
      )}
    </List.Item>
  );
}
