import {
  Anchor,
  Button,
  NavLink,
  type AnchorProps,
  type ButtonProps,
  type NavLinkProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef, ReactNode } from 'react';

type Native = Omit<ComponentPropsWithRef<'a'>, 'color' | 'style' | 'size'>;

/** Links to pages of the console, with typed paths and parameters. */
export const LinkAnchor = createLink((props: AnchorProps & Native): ReactNode => <Anchor {...props} />);

export const LinkButton = createLink((props: ButtonProps & Native): ReactNode => (
  <Button component="a" {...props} />
));

export const LinkNav = createLink(
  (props: Omit<NavLinkProps, keyof Native> & NavLinkProps & Omit<Native, keyof NavLinkProps>): ReactNode => (
    <NavLink {...props} />
  ),
);
