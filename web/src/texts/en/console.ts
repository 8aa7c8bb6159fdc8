export const consoles = {
  kind: { serial: 'Serial console', vnc: 'Screen', exec: 'Command' },
  about: {
    serial: 'What the guest prints, and what you type, as on a terminal that is plugged in.',
    vnc: 'The screen, keyboard, and mouse of the virtual machine.',
    exec: 'Runs a program inside the guest, for example a shell.',
  },
  open: 'Open',
  openOf: (kind: string) => `Open: ${kind}`,
  close: 'Close',
  ownWindow: 'New window',
  ownWindowOf: (kind: string) => `New window: ${kind}`,
  popupBlocked: 'Your browser has blocked the window. Allow pop-ups for this page, or open the console here.',
  windowTitle: (name: string, kind: string) => `${name} · ${kind}`,
  lastLines: 'Last lines of the console',
  lastLinesHint: 'Read-only. Read again when you ask for it.',
  noLines: 'The guest has printed nothing yet.',
  readAgain: 'Read again',
  region: (kind: string) => `${kind}: output`,

  reason: {
    unsupported: {
      serial: 'The engine of this instance has no serial console.',
      vnc: 'The engine of this instance has no screen.',
      exec: 'The engine cannot run commands in this instance. A virtual machine needs an image that declares a guest agent.',
    },
    container: 'Only virtual machines have a screen and a serial console.',
    notRunning: 'The instance does not run. Start it first.',
    paused: 'The instance is paused. Resume it first.',
    deleted: 'The instance is deleted.',
    notConnected: 'Connect first.',
  },

  command: 'Command',
  commandHint: 'Program and arguments. It is run without a shell; put arguments with spaces in quotes.',
  commandHintBatch: 'Runs without a terminal and without input; its output appears when it has ended.',
  run: 'Run',
  enterCommand: 'Enter a command.',
  openQuote: 'A quotation mark is not closed.',

  state: {
    connecting: 'Connecting…',
    connected: 'Connected',
    retrying: (attempt: number, most: number, seconds: number) =>
      `The connection was lost. Trying again in ${seconds} s (${attempt} of ${most})…`,
    disconnected: 'Disconnected.',
    exited: (code: number) =>
      code === 0 ? 'The command has ended (exit code 0).' : `The command has failed (exit code ${code}).`,
    exitedUnknown: 'The command has ended. The engine does not report its exit code.',
    closed: (words: string, code: number) => `${words} (code ${code})`,
    withReason: (words: string, reason: string) => `${words} ${reason}`,
  },
  closeCode: {
    1000: 'The guest has closed the connection, or the instance has been stopped.',
    1001: 'The service has closed the connection.',
    1002: 'The service refused what this page sent.',
    1006: 'The connection was lost.',
    1008: 'The session was idle for too long, reached its longest duration, or was not read fast enough.',
    1009: 'This page has sent too much at once.',
    1011: 'The engine has failed.',
    1012: 'The service is shutting down. Connect again.',
  },
  closeCodeOther: 'The session has ended.',
  notConnected: 'The session could not be opened: the service has refused it, or the connection failed.',
  refused: 'The service has refused the session.',
  screenFailed: 'The screen could not be shown.',
  screenNeedsPassword: 'The screen asks for a password, which this page cannot give.',

  again: 'Connect again',
  runAgain: 'Run again',
  disconnect: 'Disconnect',
  paste: 'Paste',
  pasteAsKeys: 'Type clipboard',
  readAloud: 'For screen readers',
  pasteRefused:
    'The browser does not let this page read the clipboard. Press Ctrl+Shift+V in the terminal instead.',
  pasteRefusedScreen:
    'The browser does not let this page read the clipboard. Allow it in the settings of the page.',
  pasteTooLong: (most: number) => `Only the first ${most} characters were typed.`,
  ctrlAltDel: 'Ctrl+Alt+Del',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  keyboard: {
    terminal:
      'The terminal takes every key, also Tab. Press Ctrl+Shift+Enter to leave it. Ctrl+Shift+V pastes, Ctrl+Shift+C copies the selection.',
    screen: 'The screen takes every key, also Tab. Press Ctrl+Shift+Enter to leave it.',
  },
};
