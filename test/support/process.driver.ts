import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type {
  ComputeDriver,
  ConsoleTelling,
  DriverCall,
  DriverHandle,
  DriverHealth,
  Observation,
} from '../../src/drivers';

const HANDLE: DriverHandle = { v: 1, data: {} };

/**
 * An engine whose instances print what a process prints, which runs as long as somebody follows it: the one that
 * the metadata `print` names, of `PRINTERS`.
 */
export class ProcessDriver implements ComputeDriver, ConsoleTelling {
  readonly kind = 'process';
  readonly capabilities = { types: ['vm', 'container'] as const, images: 'ignored' as const };
  readonly printing = new Set<ChildProcess>();
  /** Lines that were asked for. */
  printed = 0;

  async probe(): Promise<DriverHealth> {
    return { isUp: true, detail: 'processes' };
  }
  async create(): Promise<DriverHandle> {
    return HANDLE;
  }
  async start(): Promise<DriverHandle> {
    return HANDLE;
  }
  async stop(): Promise<DriverHandle> {
    return HANDLE;
  }
  async destroy(): Promise<void> {
    // Nothing is there.
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
