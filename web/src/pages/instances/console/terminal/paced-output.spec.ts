import { describe, expect, it } from '@jest/globals';
import { PacedOutput } from './paced-output';

const CHUNK = new Uint8Array(65_536);

function outputTo(signal = new AbortController().signal) {
  const waiting: (() => void)[] = [];
  const output = new PacedOutput({ write: (_, onShown) => waiting.push(onShown) }, signal);
  const show = (): void => waiting.shift()?.();
  return { output, show };
}

/** Whether a promise has settled after all that is due. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => void (settled = true);
  promise.then(settle, settle);
  await new Promise((resolve) => setTimeout(resolve));
  return settled;
}

describe('output of a terminal', () => {
  it('is passed on at once while there is little', async () => {
    const { output } = outputTo();
    for (let count = 0; count < 4; count++) expect(await isSettled(output.write(CHUNK))).toBe(true);
  });

  it('waits until most of it is shown', async () => {
    const { output, show } = outputTo();
    for (let count = 0; count < 4; count++) await output.write(CHUNK);
    const more = output.write(CHUNK);
    for (let count = 0; count < 4; count++) show();
    expect(await isSettled(more)).toBe(false);
    show();
    expect(await isSettled(more)).toBe(true);
  });

  it('ends with the session', async () => {
    const controller = new AbortController();
    const { output } = outputTo(controller.signal);
    for (let count = 0; count < 4; count++) await output.write(CHUNK);
    const more = output.write(CHUNK);
    controller.abort();
    await expect(more).rejects.toThrow();
    await expect(output.write(CHUNK)).rejects.toThrow();
  });
});
