import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../platform/values/uuid';
import { InstanceDirectory } from './files/instance-directory';
import { RotatingLog } from './files/rotating-log';
import { tailConsole } from './qemu.console';

describe('the console of a virtual machine', () => {
  const root = mkdtempSync(join(tmpdir(), 'uim-console-'));
  afterAll(() => rmSync(root, { recursive: true }));

  it('ends with an unfinished line, and has no carriage returns', async () => {
    const directory = new InstanceDirectory(root, newId());
    mkdirSync(directory.path, { recursive: true });
    const log = new RotatingLog(directory, 1000);
    await log.append(Buffer.from('one\r\ntwö\r\n\r\nthr'));
    const machine = {
      directory,
      console: log,
      drain: () => Promise.resolve(),
      isOn: () => Promise.resolve(false),
    };

    const lines = await tailConsole(machine, 3, new AbortController().signal);
    expect(lines).toEqual(['twö', '', 'thr']);
  });
});
