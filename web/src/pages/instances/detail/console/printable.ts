/** Escape sequences of terminals: CSI with parameters, OSC with text up to BEL or ST, and those of one character. */
// eslint-disable-next-line no-control-regex -- These are what it is about.
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
// eslint-disable-next-line no-control-regex -- All control characters but the tab.
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;

/** A line of a console as plain text: without colors, and without what would move the cursor of a terminal. */
export function printable(line: string): string {
  return line.replaceAll(SEQUENCES, '').replaceAll(CONTROLS, '');
}
