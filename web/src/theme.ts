import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const THEME = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  cursorType: 'pointer',
});

/** The defaults of these have too little contrast to be read easily (WCAG 2, AA). */
export const COLORS: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#565d64', '--mantine-color-placeholder': '#6b7280' },
  dark: { '--mantine-color-dimmed': '#a9adb2', '--mantine-color-placeholder': '#8b9096' },
});
