import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type {
  Abilities,
  ComputeDriver,
  ConsoleLog,
  DriverCall,
  DriverResult,
  Fingerprint,
  Observation,
} from '../../src/drivers';

const RESULT: DriverResult = { handle: { v: 1, data: {} } };

/**
 * An engine whose instances print the output of a program, which runs while the console is read. The metadata `print`
 * selects the program from `PRINTERS`.
 */
export class ProcessDriver implements ComputeDriver, ConsoleLog {
  readonly kind = 'process';
  readonly capabilities = { types: ['vm', 'container'] as const, images: 'ignored' as const };
  readonly abilities: Abilities = { consoleLog: this };
  readonly printing = new Set<ChildProcess>();
  /** Number of lines read by consumers. */
  printed = 0;

  async fingerprint(): Promise<Fingerprint> {
    return {
      isUp: true,
      detail: 'processes',
      types: ['vm', 'container'],
      hosts: [],
      abilities: ['consoleLog'],
    };
  }
  async create(): Promise<DriverResult> {
    return RESULT;
  }
  async start(): Promise<DriverResult> {
    return RESULT;
  }
  async stop(): Promise<DriverResult> {
    return RESULT;
  }
  async destroy(): Promise<void> {
    // An instance has no resources.
  }
  async inspect({ handle }: DriverCall): Promise<Observation> {
    return handle ? { presence: 'present', power: 'running' } : { presence: 'absent' };
  }

  async tail(call: DriverCall, lines: number): Promise<readonly string[]> {
    const seen: string[] = [];
    for await (const line of this.follow(call)) if (seen.push(line) === lines) break;
    return seen;
  }

  async *follow({ instance, signal }: DriverCall): AsyncGenerator<string> {
    const [program, ...args] = PRINTERS[instance.metadata['print'] ?? 'nothing'] ?? PRINTERS.nothing;
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.printing.add(child);
    child.once('close', () => this.printing.delete(child));
    const kill = (): void => void child.kill();
    signal.addEventListener('abort', kill, { once: true });
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        this.printed++;
        yield line;
      }
    } finally {
      signal.removeEventListener('abort', kill);
      kill();
    }
  }
}

type Command = readonly [string, ...string[]];

const PRINTERS: Readonly<Record<string, Command>> & { readonly nothing: Command } = {
  nothing: ['sleep', '3600'],
  endless: ['yes', 'x'.repeat(1000)],
  hostile: ['printf', `one\\nevent: end\\n\\n${'ü'.repeat(9000)}\\n`],
  large: ['yes', '\u0001'.repeat(8000)],
};
