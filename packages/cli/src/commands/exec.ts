import type { Command } from 'commander';
import type { RunningCommand } from 'uim-compute-client';
import { keyValue } from '../arguments';
import { GuestCommandFailedError } from '../failures';
import { attached } from '../interactive/attachment';
import { assertTerminal, sizeOf, write, type Streams } from '../interactive/streams';
import { findInstance } from '../references';
import { withSockets, type CommandContext } from '../session';
import { define } from './define';

interface ExecOptions {
  readonly interactive?: boolean;
  readonly tty?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const DEFAULT_SIZE = { width: 80, height: 24 };

export function execCommand(context: CommandContext): Command {
  const examples = [
    ['exec web -- cat /etc/os-release', 'Run a command; its exit code is that of uim-compute'],
    ['exec web -it -- sh', 'Open a shell'],
    ["exec web -i -- sh -c 'cat > /tmp/site.tar' < site.tar", 'Copy a file into an instance'],
  ] as const;
  return define({ name: 'exec', summary: 'run a command in a running instance', examples })
    .argument('<instance>')
    .argument('<command...>', 'program and arguments, after --; run without a shell')
    .option('-i, --interactive', 'pass standard input to the command')
    .option('-t, --tty', 'give the command a terminal')
    .option('-e, --env <key=value>', 'environment variable of the command; repeatable', keyValue)
    .action(async (text: string, words: string[], options: ExecOptions, self: Command) => {
      const { streams, environment } = context;
      const { interactive = false, tty = false } = options;
      if (interactive && tty) assertTerminal(streams, 'exec -it');
      const { client, signal } = await withSockets(self, context);
      const { id } = await findInstance(client, text, signal);
      const { TERM } = environment;
      const env = { ...(tty && TERM !== undefined && { TERM }), ...options.env };
      const size = tty ? (sizeOf(streams.stdout) ?? DEFAULT_SIZE) : undefined;
      const running = await client.sessions.exec(id, { command: words, env, tty: size }, { signal });
      await attach(running, streams, { interactive, tty });
      if (running.exitCode === null) throw new Error('the engine did not report the exit code');
      if (running.exitCode !== undefined && running.exitCode !== 0)
        throw new GuestCommandFailedError(running.exitCode);
    });
}

/** Connects standard input, output and the size of the terminal until the command has ended. */
async function attach(
  running: RunningCommand,
  streams: Streams,
  { interactive, tty }: Required<Pick<ExecOptions, 'interactive' | 'tty'>>,
): Promise<void> {
  const resize = (): void => {
    const size = sizeOf(streams.stdout);
    if (size) void running.resize(size);
  };
  const print = async (): Promise<void> => {
    for await (const { stream, data } of running.output()) await write(streams[stream], data);
  };
  if (tty) streams.stdout.on('resize', resize);
  try {
    // The size may have changed while the session was opened.
    if (tty) resize();
    if (interactive) {
      const typed = { write: running.write.bind(running), end: () => running.endInput() };
      await attached(streams.stdin, typed, { isRaw: tty }, print);
    } else {
      await running.endInput();
      await print();
    }
  } finally {
    streams.stdout.off('resize', resize);
  }
}
