import type { Terminal } from '@xterm/xterm';
import type { ComputeClient } from 'uim-compute-client';
import type { Connect } from '../connection/keep-connected';
import { InputQueue } from './input-queue';
import { PacedOutput } from './paced-output';

/** The serial console of an instance in a terminal. */
export function serialSession(compute: ComputeClient, id: string, terminal: Terminal): Connect {
  return async (signal, onConnected) => {
    const session = await compute.sessions.open(id, 'serial', { signal });
    onConnected();
    const input = new InputQueue((data) => session.send(data));
    const typed = input.readFrom(terminal);
    const output = new PacedOutput(terminal, signal);
    try {
      for await (const data of session.messages()) await output.write(data);
    } finally {
      typed.dispose();
    }
    signal.throwIfAborted();
    return { kind: 'closed' };
  };
}

export interface CommandOptions {
  readonly command: readonly string[];
  /** Whether the engine can give it a terminal. Without one, it gets no input. */
  readonly hasTerminal: boolean;
}

/** A command in an instance, in a terminal. */
export function commandSession(
  compute: ComputeClient,
  id: string,
  terminal: Terminal,
  { command, hasTerminal }: CommandOptions,
): Connect {
  return async (signal, onConnected) => {
    terminal.options.convertEol = !hasTerminal;
    terminal.options.disableStdin = !hasTerminal;
    const tty = hasTerminal ? { width: terminal.cols, height: terminal.rows } : undefined;
    const env = hasTerminal ? { TERM: 'xterm-256color' } : undefined;
    const running = await compute.sessions.exec(id, { command, env, tty }, { signal });
    onConnected();
    const input = new InputQueue((data) => running.write(data));
    const typed = hasTerminal ? input.readFrom(terminal) : undefined;
    const resized = hasTerminal
      ? terminal.onResize(({ cols, rows }) => void running.resize({ width: cols, height: rows }))
      : undefined;
    const output = new PacedOutput(terminal, signal);
    try {
      if (!hasTerminal) await running.endInput();
      for await (const { data } of running.output()) await output.write(data);
    } finally {
      typed?.dispose();
      resized?.dispose();
    }
    signal.throwIfAborted();
    return { kind: 'exited', exitCode: running.exitCode ?? null };
  };
}
