import { createTheme, Drawer, Menu, Modal, type CSSVariablesResolver } from '@mantine/core';
import { texts } from './texts';

const closeButtonProps = { 'aria-label': texts.action.close };

export const THEME = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  cursorType: 'pointer',
  components: {
    Modal: Modal.extend({ defaultProps: { closeButtonProps } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps } }),
    // A placeholder in the menu that takes the focus is nothing that a menu may have (ARIA).
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
  },
});

/** The defaults of these have too little contrast to be read easily (WCAG 2, AA). */
export const COLORS: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d64',
    '--mantine-color-placeholder': '#6b7280',
    // Titles of warnings.
    '--mantine-color-yellow-light-color': '#6f4400',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
  },
  dark: {
    '--mantine-color-dimmed': '#a9adb2',
    '--mantine-color-placeholder': '#8b9096',
    '--mantine-color-error': '#ff8787',
  },
});
