import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const SILENT_MS = 60_000;
const LOOK_EVERY_MS = 5;
const JOB = 'bench';

export interface Command {
  readonly execute: string;
  readonly arguments?: object;
}

/** Sends a command to a virtual machine. @throws {Error} if it is refused, or the machine does not respond */
export async function qmp(socketPath: string, command: Command): Promise<unknown> {
  const socket = createConnection(socketPath);
  socket.setTimeout(SILENT_MS, () => socket.destroy(new Error(`${command.execute}: no response`)));
  const unsent: Command[] = [{ execute: 'qmp_capabilities' }, command];
  try {
    for await (const line of createInterface({ input: socket })) {
      const message: unknown = JSON.parse(line);
      if (typeof message !== 'object' || message === null || 'event' in message) continue;
      if ('error' in message) throw new Error(`${command.execute}: ${JSON.stringify(message.error)}`);
      const next = unsent.shift();
      if (!next) return 'return' in message ? message.return : undefined;
      socket.write(`${JSON.stringify(next)}\n`);
    }
    throw new Error(`${command.execute}: the connection has ended`);
  } finally {
    socket.destroy();
  }
}

/** Runs a job to its end. @throws {Error} if it fails */
export async function runJob(socketPath: string, execute: string, parameters: object): Promise<void> {
  await qmp(socketPath, { execute, arguments: { 'job-id': JOB, ...parameters } });
  for (;;) {
    const jobs = await qmp(socketPath, { execute: 'query-jobs' });
    const job = (Array.isArray(jobs) ? jobs : []).find(isJob);
    if (!job) throw new Error(`${execute}: the job is missing`);
    if (job.status === 'concluded') {
      await qmp(socketPath, { execute: 'job-dismiss', arguments: { id: JOB } });
      if (job.error !== undefined) throw new Error(`${execute}: ${job.error}`);
      return;
    }
    await delay(LOOK_EVERY_MS);
  }
}

function isJob(value: unknown): value is { readonly status: string; readonly error?: string } {
  return (
    typeof value === 'object' && value !== null && 'id' in value && value.id === JOB && 'status' in value
  );
}
