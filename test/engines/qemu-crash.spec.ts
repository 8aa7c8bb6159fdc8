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
/** A life cycle of the child takes about this long. */
const CYCLE_MS = 1200;

describeQemu('qemu machines of a service that is killed', ({ engine, driver, inspect }) => {
  it('are found by the next one, each once, wherever that happened', async () => {
    const instance = engine().instance();
    for (let crash = 0; crash < CRASHES; crash++) {
      await killedDuring(engine(), instance, (CYCLE_MS * crash) / CRASHES);

      expect(guestsOf(instance.id).length).toBeLessThanOrEqual(1);
      // What the worker does with the operation that was at work: it is done again.
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
  // The moment is the point here.
  await delay(afterMs);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
