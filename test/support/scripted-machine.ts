import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputBudget } from '../../src/drivers/qemu/agent/input-budget';
import { GuestAgents } from '../../src/drivers/qemu/agent/guest-agents';
import { LargeOutputs } from '../../src/drivers/qemu/agent/large-outputs';
import { startInGuest } from '../../src/drivers/qemu/abilities/exec';
import { InstanceDirectory } from '../../src/drivers/qemu/files/instance-directory';
import { InstanceLock } from '../../src/drivers/qemu/machine/instance-lock';
import type { Command, RunningCommand } from '../../src/drivers';
import { Clock } from '../../src/platform/async/clock';
import { isRecord } from '../../src/platform/values/records';
import { anInstanceSpec, callFor } from './builders';
import { ScriptedGuest, synced, type GuestRequest } from './scripted-guest';

const COMMAND: Command = { command: ['ls', '-l'], env: { A: '1' }, tty: null };

/** The members of a command that the agent is asked to run. */
export function argumentsOf({ arguments: args }: GuestRequest): Readonly<Record<string, unknown>> {
  return isRecord(args) ? args : {};
}

export async function outcomeOf(running: RunningCommand): Promise<object> {
  const seen = { stdout: '', stderr: '' };
  for await (const { stream, data } of running.output) seen[stream] += data.toString();
  return { ...seen, code: await running.exitCode() };
}

/** A machine of QEMU with an agent that runs nothing: tests decide how its commands end. */
export class ScriptedMachine {
  readonly instance = anInstanceSpec();
  readonly root = mkdtempSync(join(tmpdir(), 'uim-exec-'));
  readonly directory = new InstanceDirectory(this.root, this.instance.id);
  devices: object[] = [{ label: 'agent', 'frontend-open': true }];
  readonly commands: GuestRequest[] = [];
  /** The responses to the questions whether the command has ended. */
  statuses: object[] = [];
  /** Whether the command goes on until it is killed. */
  isEndless = false;
  /** How many requests of each name get no response; the connection ends instead. */
  readonly unanswered = new Map<unknown, number>();
  /** Processes that the agent has reported as ended. */
  forgotten: unknown[] = [];
  private servers: { readonly guest: ScriptedGuest; readonly qemu: ScriptedGuest } | undefined;

  async start(): Promise<void> {
    mkdirSync(this.directory.work, { recursive: true });
    const guest = await this.listen();
    const qemu = await ScriptedGuest.listen(
      this.directory.file('qmp'),
      ({ id }) => `${JSON.stringify({ return: this.devices, id })}\n`,
      '{"QMP": {}}\n',
    );
    this.servers = { guest, qemu };
  }

  async close(): Promise<void> {
    await this.guest.close();
    await this.qemu.close();
    rmSync(this.root, { recursive: true });
  }

  /** The agent of the next run has the process ids of the last one, too. */
  async restart(): Promise<void> {
    await this.guest.close();
    [this.isEndless, this.forgotten] = [false, []];
    this.servers = { guest: await this.listen(), qemu: this.qemu };
  }

  get guest(): ScriptedGuest {
    if (this.servers) return this.servers.guest;
    throw new Error('not started');
  }

  get qemu(): ScriptedGuest {
    if (this.servers) return this.servers.qemu;
    throw new Error('not started');
  }

  agents(): GuestAgents {
    return new GuestAgents(new InstanceLock(this.root, new Clock()), new Clock());
  }

  run(
    command: Partial<Command> = {},
    {
      signal = new AbortController().signal,
      by = this.agents(),
      hasAgent = true,
      largeOutputs = new LargeOutputs(),
      clock = new Clock(),
    } = {},
  ): Promise<RunningCommand> {
    const host = { agents: by, largeOutputs, clock, inputs: new InputBudget() };
    const place = { host, directory: this.directory, hasAgent };
    return startInGuest(place, callFor(this.instance, { signal }), { ...COMMAND, ...command });
  }

  private listen(): Promise<ScriptedGuest> {
    return ScriptedGuest.listen(
      this.directory.file('agent'),
      synced((request, socket) => {
        const left = this.unanswered.get(request['execute']) ?? 0;
        this.unanswered.set(request['execute'], left - 1);
        if (request['execute'] === 'guest-exec') this.commands.push(request);
        if (left <= 0) return this.answer(request);
        socket.destroy();
        return '';
      }),
    );
  }

  private answer(request: GuestRequest): string {
    const { path, pid } = argumentsOf(request);
    if (request['execute'] === 'guest-exec') {
      if (path === 'sh') this.isEndless = false;
      return `{"return": {"pid": ${this.commands.length}}}\n`;
    }
    if (this.isEndless) return '{"return": {"exited": false}}\n';
    this.forgotten.push(pid);
    return `${JSON.stringify({ return: this.statuses.shift() ?? { exited: true, exitcode: 0 } })}\n`;
  }
}
