import { PROBE_KINDS, type Probe, type ProbeKind } from '../../src/drivers';
import { eventually } from '../support/eventually';
import type { Under } from './compute-driver.abilities';
import { having } from './driver-core';

/** Of an engine with guests, the tested instance must serve its first port. */
export interface ReadinessAbility {
  readonly kinds: readonly ProbeKind[];
  /** A text that the guest prints once after each start. */
  readonly prints: string;
  /** Whether a guest really runs, so that the engine knows what listens. */
  readonly isReal: boolean;
  /** A port whose server waits for the client to speak first, if the guest can have one. */
  readonly silent?: number;
}

const WITHIN = { withinMs: 120_000 };
const TEST_MS = 300_000;

export function readinessContract({ kinds, prints, isReal, silent }: ReadinessAbility, under: Under): void {
  const probe = (what: Probe): Promise<string | null> => {
    const core = under.core();
    return having(under.subject().driver, 'readiness').probe(core.call('inspect'), what, core.ports);
  };
  const port = (): number => under.subject().instance.guest.ports[0]?.port ?? 1;
  const becomesReady = (what: Probe): Promise<void> =>
    eventually(async () => expect(await probe(what)).toBeNull(), WITHIN);

  it('declares the kinds of probes that it can make', () => {
    const { driver, instance } = under.subject();
    expect(having(driver, 'readiness').kindsFor(instance.image)).toEqual(kinds);
    expect(PROBE_KINDS).toEqual(expect.arrayContaining([...kinds]));
  });

  it(
    'finds a guest ready at a port where something listens, and not at another one',
    async () => {
      await under.core().create();
      await becomesReady({ kind: 'port', port: port() });
      if (!isReal) return;
      expect(await probe({ kind: 'port', port: 9 })).toBe('port 9 is not published');
      const unused = under.subject().instance.guest.ports[1]?.port ?? 0;
      expect(await probe({ kind: 'port', port: unused })).toMatch(/connection/);
      expect(await probe({ kind: 'http', port: unused, path: '/' })).toMatch(/^GET \/ failed: /);
      if (silent !== undefined) await becomesReady({ kind: 'port', port: silent });
    },
    TEST_MS,
  );

  it(
    'finds a guest ready by the text on its console, printed since it was last started',
    async () => {
      await under.core().create();
      await becomesReady({ kind: 'serial', text: prints });
      const why = 'the console has not printed the text';
      expect(await probe({ kind: 'serial', text: 'never printed' })).toBe(why);
    },
    TEST_MS,
  );

  if (kinds.includes('exec')) {
    it(
      'finds a guest ready if a command exits with 0',
      async () => {
        await under.core().create();
        await becomesReady({ kind: 'exec', command: ['sh', '-c', 'exit 0'] });
        const command = ['sh', '-c', 'exit 3'];
        expect(await probe({ kind: 'exec', command })).toBe('the command exited with code 3');
      },
      TEST_MS,
    );
  }

  it('does not find a stopped guest ready', async () => {
    await under.core().create();
    await under.core().stop();
    const why = await probe({ kind: 'port', port: port() }).catch((error: unknown) => error);
    expect(why).not.toBeNull();
  });
}
