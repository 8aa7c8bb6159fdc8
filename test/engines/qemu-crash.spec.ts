import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { InstanceSpec } from '../../src/drivers';
import { callFor } from '../support/builders';
import { guestsOf } from '../support/engines/guests';
import { describeQemu, type QemuEngine } from '../support/engines/qemu-engine';

const ROOT = join(__dirname, '../..');
const CRASHES = 20;
/** Approximate duration of one life cycle in the child. */
const CYCLE_MS = 1200;

describeQemu('qemu machines after a crash of the service', ({ engine, driver, inspect }) => {
  it('are found by the next process, exactly once, after a crash at any point', async () => {
    const instance = engine().instance();
    for (let crash = 0; crash < CRASHES; crash++) {
      await killedDuring(engine(), instance, (CYCLE_MS * crash) / CRASHES);

      expect(guestsOf(instance.id).length).toBeLessThanOrEqual(1);
      // The worker would repeat the interrupted operation.
      await driver().create(callFor(instance));
      expect(await inspect(instance)).toEqual({ presence: 'present', power: 'running' });
      expect(guestsOf(instance.id)).toHaveLength(1);
      if (crash % 2 === 0) continue;
      await driver().destroy(callFor(instance));
      expect(guestsOf(instance.id)).toEqual([]);
      expect(readdirSync(join(engine().dir, 'instances'))).toEqual([]);
    }
  }, 240_000);
});

async function killedDuring(engine: QemuEngine, instance: InstanceSpec, afterMs: number): Promise<void> {
  const config = { ...engine.config(), stopGraceMs: 0 };
  const child = spawn(
    process.execPath,
    [
      '--require',
      './scripts/typescript.cjs',
      join(ROOT, 'test/support/engines/qemu-child.ts'),
      JSON.stringify({ config, instance }),
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  // Varies the moment of the crash.
  await delay(afterMs);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
