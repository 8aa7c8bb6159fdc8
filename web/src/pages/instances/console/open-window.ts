import type { ConsoleKind } from './search';

/** Opens a console in a window of its own, or shows the one that is open. @returns false if the browser blocks it */
export function openConsoleWindow(href: string, id: string, kind: ConsoleKind): boolean {
  return window.open(href, `console-${id}-${kind}`, 'popup,width=960,height=640') !== null;
}
