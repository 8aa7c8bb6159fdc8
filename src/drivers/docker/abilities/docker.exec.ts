import type { Duplex, Writable } from 'node:stream';
import { Logger } from '@nestjs/common';
import type Docker from 'dockerode';
import type { Clock } from '../../../platform/async/clock';
import { DriverError, type DriverCall } from '../../port/driver-call';
import type { Command, CommandOutput, Exec, RunningCommand, TerminalSize } from '../../port/sessions';
import { killMarked, newMark } from '../../probes/marked-processes';
import type { DockerContainers } from '../containers/docker.containers';
import type { Doing, DockerEngine } from '../engine/docker.engine';
import { faultOf, refused, toDriverError } from '../engine/docker.errors';
import { DockerFrames } from './docker.frames';

/** How often Podman is asked whether a command with a terminal runs: it does not close the connection. */
const LOOK_EVERY_MS = 1000;

interface Place {
  readonly engine: DockerEngine;
  readonly container: Docker.Container;
  readonly clock: Clock;
  /** Ends the command. */
  readonly signal: AbortSignal;
}

interface Around extends Pick<Place, 'engine' | 'clock'> {
  readonly containers: DockerContainers;
  readonly doing: Doing;
}

/** Runs commands in containers. */
export class DockerExec implements Exec {
  constructor(private readonly around: Around) {}

  start({ instance, signal }: DriverCall, command: Command): Promise<RunningCommand> {
    const { engine, clock, containers, doing } = this.around;
    return doing('run a command in the container', async () => {
      const found = await containers.find(instance, signal);
      if (found?.State.Running !== true) throw refused('The container is not running');
      const container = await engine.container(found.Id);
      return DockerCommand.start({ engine, container, clock, signal }, command);
    });
  }
}

/** A command in a container, over a connection of its own to the engine. */
class DockerCommand implements RunningCommand {
  readonly output: AsyncIterable<CommandOutput>;
  private detach = (): void => undefined;

  private constructor(
    private readonly place: Place,
    private readonly exec: Docker.Exec,
    private readonly connection: Duplex,
    private readonly tty: TerminalSize | null,
  ) {
    this.output = this.read();
  }

  /** @throws errors of the engine */
  static async start(place: Place, { command, env, tty }: Command): Promise<DockerCommand> {
    const { engine, container, signal } = place;
    const mark = newMark();
    const Tty = tty !== null;
    const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty };
    const Env = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), mark];
    const exec = await engine.ask(
      (options) => container.exec({ ...options, ...streams, Cmd: [...command], Env }),
      signal,
    );
    const connection = await engine.ask(async (options) => {
      const opened = await exec.start({ hijack: true, stdin: true, Tty });
      // Nothing reads it after a timeout.
      if (options.abortSignal.aborted) opened.destroy();
      return opened;
    }, signal);
    // Readers get errors from the iterator; this handles those without a reader.
    connection.on('error', () => undefined);
    const running = new DockerCommand(place, exec, connection, tty);
    running.endWith(signal, mark);
    if (tty) {
      await running.resize(tty);
      if ((await engine.facts(signal)).product === 'podman') void running.endWithCommand();
    }
    return running;
  }

  get stdin(): Writable {
    return this.connection;
  }

  async resize({ width, height }: TerminalSize): Promise<void> {
    if (this.tty === null) return;
    const { engine, signal } = this.place;
    try {
      await engine.ask((options) => this.exec.resize({ ...options, w: width, h: height }), signal);
    } catch (error) {
      // Otherwise, the command has ended.
      if (error instanceof DriverError) throw error;
    }
  }

  async exitCode(): Promise<number | null> {
    return (await this.look(this.place.signal)).ExitCode;
  }

  /** Kills the command when the signal aborts, unless all its output has been read before. */
  private endWith(signal: AbortSignal, mark: string): void {
    const kill = (): void => void this.kill(mark);
    signal.addEventListener('abort', kill, { once: true });
    this.detach = () => signal.removeEventListener('abort', kill);
  }

  private look(signal: AbortSignal): Promise<Docker.ExecInspectInfo> {
    return this.place.engine.ask((options) => this.exec.inspect(options), signal);
  }

  private async *read(): AsyncGenerator<CommandOutput> {
    const frames = new DockerFrames();
    try {
      for await (const chunk of this.connection) {
        if (!Buffer.isBuffer(chunk)) continue;
        if (this.tty) yield { stream: 'stdout', data: chunk };
        else yield* frames.take(chunk);
      }
      this.detach();
    } catch (error) {
      if (!this.place.signal.aborted) throw toDriverError('run the command', error);
    } finally {
      this.connection.destroy();
    }
  }

  private async endWithCommand(): Promise<void> {
    const { clock, signal } = this.place;
    try {
      do await clock.wait(LOOK_EVERY_MS, signal);
      while (!this.connection.destroyed && (await this.look(signal)).Running);
      // The last output of the command has arrived.
      this.connection.push(null);
    } catch {
      this.connection.destroy();
    }
  }

  /** Ends the command with everything that it has started. */
  private async kill(mark: string): Promise<void> {
    this.connection.destroy();
    const { engine, container } = this.place;
    const { signal } = new AbortController();
    try {
      if (!(await this.look(signal)).Running) return;
      const killer = await engine.ask(
        (options) => container.exec({ ...options, Cmd: [...killMarked(mark)] }),
        signal,
      );
      await engine.ask((options) => killer.start({ ...options, Detach: true }), signal);
    } catch (error) {
      // The container has stopped, or its image has no shell.
      if (faultOf(error).status !== undefined) return;
      new Logger('DockerDriver').warn({ err: error }, 'failed to end a command whose session was closed');
    }
  }
}
