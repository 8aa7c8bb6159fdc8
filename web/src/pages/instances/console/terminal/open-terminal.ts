import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { allowStylesOfSpans, withNonce } from './allow-styles';

allowStylesOfSpans();

const SCROLLBACK_LINES = 5000;
/** Dragging the edge of a window resizes it all the time, and each size is a message to the guest. */
const RESIZE_MS = 100;
/** Escape sequence of hyperlinks. */
const OSC_HYPERLINK = 8;

const THEME = {
  background: '#15171a',
  foreground: '#e6e8eb',
  cursor: '#e6e8eb',
  selectionBackground: '#4263eb99',
} as const;

export interface OpenTerminal {
  readonly terminal: Terminal;
  /** Whether what it shows is also there for screen readers, which costs time. */
  readonly setScreenReaderMode: (isOn: boolean) => void;
  readonly dispose: () => void;
}

/**
 * A terminal that fills an element. Output of the guest can only draw: there are no links, the guest has no
 * access to the clipboard, and the title that it sets is ignored.
 * @param onLeave called if the user wants to leave the terminal, which takes every key
 */
export function openTerminal(host: HTMLElement, onLeave: () => void): OpenTerminal {
  const terminal = new Terminal({
    scrollback: SCROLLBACK_LINES,
    fontSize: 14,
    fontFamily: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
    theme: THEME,
    cursorBlink: true,
  });
  terminal.parser.registerOscHandler(OSC_HYPERLINK, () => true);
  terminal.attachCustomKeyEventHandler((event) => handleKey(event, terminal, onLeave));
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  withNonce(() => terminal.open(host));
  const fitNow = (): void => {
    if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
  };
  fitNow();
  terminal.focus();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(fitNow, RESIZE_MS);
  });
  observer.observe(host);
  const dispose = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    terminal.dispose();
  };
  const setScreenReaderMode = (isOn: boolean): void => {
    terminal.options.screenReaderMode = isOn;
  };
  return { terminal, setScreenReaderMode, dispose };
}

/** @returns whether the terminal handles the key */
function handleKey(event: KeyboardEvent, terminal: Terminal, onLeave: () => void): boolean {
  if (!event.ctrlKey || !event.shiftKey || event.altKey) return true;
  const isDown = event.type === 'keydown';
  switch (event.code) {
    case 'Enter':
    case 'NumpadEnter':
      event.preventDefault();
      if (isDown) onLeave();
      return false;
    case 'KeyC':
      if (!terminal.hasSelection()) return true;
      event.preventDefault();
      if (isDown) void copy(terminal.getSelection());
      return false;
    case 'KeyV':
      // The browser pastes.
      return false;
    default:
      return true;
  }
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // The browser refuses, and the selection stays: it can be copied from the menu.
  }
}
