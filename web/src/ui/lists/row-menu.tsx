import { Button, Menu, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts';

export interface RowAction {
  readonly label: string;
  /** Why it is off; it is on if this is absent. */
  readonly reason?: string | undefined;
  readonly isDangerous?: boolean;
  readonly onClick: () => void;
}

export interface RowMenuProps {
  /** What the row is about. */
  readonly name: string;
  readonly actions: readonly RowAction[];
}

/** The actions of a row, in a menu: tables are narrow. */
export function RowMenu({ name, actions }: RowMenuProps): ReactNode {
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <Button size="compact-sm" variant="default" aria-label={texts.forms.actionsOf(name)}>
          {texts.forms.actions}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <Item key={action.label} {...action} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Stays reachable while it is off, so that its reason can be read. */
function Item({ label, reason, isDangerous = false, onClick }: RowAction): ReactNode {
  if (reason === undefined)
    return (
      <Menu.Item {...(isDangerous && { color: 'red' })} onClick={onClick}>
        {label}
      </Menu.Item>
    );
  return (
    <Menu.Item aria-disabled closeMenuOnClick={false}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xs" className="user-text">
        {reason}
      </Text>
    </Menu.Item>
  );
}
