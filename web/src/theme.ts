import { createTheme, Drawer, Menu, Modal, type CSSVariablesResolver } from '@mantine/core';
import { texts } from './texts';

const CLOSE = { closeButtonProps: { 'aria-label': texts.action.close } };

export const THEME = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  cursorType: 'pointer',
  components: {
    Modal: Modal.extend({ defaultProps: CLOSE }),
    Drawer: Drawer.extend({ defaultProps: CLOSE }),
    // It would be focusable inside a menu, which may contain only items.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
  },
});

/** The defaults of these have too little contrast to be read easily (WCAG 2, AA). */
export const COLORS: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d64',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-indigo-light-color': '#2b3fa8',
    '--mantine-color-green-light-color': '#1b6431',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-red-light-color': '#a61e1e',
    '--mantine-color-red-outline': '#c92a2a',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
    '--mantine-color-red-text': '#c92a2a',
  },
  dark: {
    '--mantine-color-dimmed': '#a9adb2',
    '--mantine-color-placeholder': '#8b9096',
    '--mantine-color-error': '#ff8787',
  },
});
