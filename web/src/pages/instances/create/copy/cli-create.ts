import type { CreateInstance, CreateInstances } from 'uim-compute-client';
import { texts } from '../../../../texts';
import type { CliCommand } from '../../../../ui/copy-as/as-cli';
import { isWord, quoteShell } from '../../../../ui/copy-as/shell';

const t = texts.create.copyAs;

type Request = CreateInstance | CreateInstances;

/** Collects options; a value that no command line can contain becomes a note. */
class Options {
  readonly lines: string[] = [];
  readonly notes = new Set<string>();

  add(option: string, value: string): void {
    if (isWord(value)) this.lines.push(`${option} ${quoteShell(value)}`);
    else this.notes.add(t.noteValue(option));
  }

  /** The shell writes the text to a pipe, which the command reads like a file. */
  addFile(option: string, format: string, values: readonly string[]): void {
    if (!values.every(isWord)) {
      this.notes.add(t.noteValue(option));
      return;
    }
    this.notes.add(t.noteFiles);
    this.lines.push(`${option} <(printf ${quoteShell(format)} ${values.map(quoteShell).join(' ')})`);
  }

  addPairs(option: string, pairs: Readonly<Record<string, string>> = {}): void {
    for (const [key, value] of Object.entries(pairs)) {
      // The command line takes what precedes the first equals sign for the key.
      if (key === '' || key.includes('=')) this.notes.add(t.notePairs(option));
      else this.add(option, `${key}=${value}`);
    }
  }

  addAll(option: string, values: readonly string[] = []): void {
    for (const value of values) this.add(option, value);
  }
}

/** `uim-compute create` with the options for a request, and what these cannot express. */
export function cliCreate(request: Request): CliCommand {
  const options = new Options();
  const { name, flavor, type, imageId, sourceSnapshotId, resume } = request;
  const count = 'count' in request ? request.count : undefined;
  options.add('--flavor', flavor);
  if (type === 'container') options.add('--type', type);
  if (imageId !== undefined) options.add('--image', imageId);
  if (sourceSnapshotId !== undefined) options.add('--snapshot', sourceSnapshotId);
  if (resume === true) options.lines.push('--resume');
  if (count !== undefined) options.add('--count', String(count));
  addGuest(options, request);
  addResources(options, request);
  options.addPairs('--metadata', request.metadata);
  addBehavior(options, request);
  const words = request.container?.command ?? [];
  if (!words.every(isWord)) options.notes.add(t.noteValue(texts.create.advanced.command));
  const command = words.every(isWord) ? words.map(quoteShell) : [];
  return { notes: [...options.notes], lines: linesOf(name, options.lines, command) };
}

/** A name that looks like an option has to follow the options. */
function linesOf(name: string, options: readonly string[], command: readonly string[]): readonly string[] {
  const quoted = isWord(name) ? quoteShell(name) : '';
  if (name.startsWith('-')) return ['create', ...options, ['--', quoted, ...command].join(' ')];
  return [`create ${quoted}`, ...options, ...(command.length > 0 ? [['--', ...command].join(' ')] : [])];
}

function addGuest(options: Options, { container, vm, userData, sshKeys }: Request): void {
  for (const { port, protocol = 'tcp', hostPort } of container?.ports ?? vm?.ports ?? []) {
    const published = hostPort === undefined ? `${port}` : `${hostPort}:${port}`;
    options.add('--port', protocol === 'tcp' ? published : `${published}/${protocol}`);
  }
  options.addPairs('--env', container?.env);
  if (userData !== undefined) options.addFile('--user-data', '%s', [userData]);
  if (sshKeys !== undefined) options.addFile('--ssh-key', String.raw`%s\n`, sshKeys);
}

function addResources(options: Options, request: Request): void {
  const { networkIds, createNetwork, volumeIds, createVolume } = request;
  options.addAll('--network', networkIds);
  if (createNetwork) {
    options.add('--new-network', createNetwork.cidr);
    if (createNetwork.name !== undefined || createNetwork.deleteOnTermination === true)
      options.notes.add(t.noteNetwork);
  }
  options.addAll('--volume', volumeIds);
  if (!createVolume) return;
  const { name, type, deleteOnTermination } = createVolume;
  options.add('--new-volume', String(createVolume.sizeGB));
  if (name !== undefined || type !== undefined || deleteOnTermination === true)
    options.notes.add(t.noteVolume);
}

function addBehavior(options: Options, request: Request): void {
  const { readiness, restartPolicy, autostart, deletionProtection } = request;
  if (readiness) addReadiness(options, readiness);
  if (restartPolicy?.condition === 'on-failure') {
    const { maxRestarts } = restartPolicy;
    options.add('--restart', maxRestarts === undefined ? 'on-failure' : `on-failure:${maxRestarts}`);
  }
  if (autostart === true) options.lines.push('--autostart');
  if (deletionProtection === true) options.lines.push('--protect');
}

function addReadiness(options: Options, readiness: NonNullable<Request['readiness']>): void {
  const probe = probeOf(readiness);
  if (probe === undefined) {
    options.notes.add(t.noteReadiness);
    return;
  }
  options.add('--ready', probe);
  if (readiness.timeoutSeconds !== undefined)
    options.add('--ready-timeout', String(readiness.timeoutSeconds));
}

/** Undefined if the command line cannot express it: it separates the words of a probe at spaces. */
function probeOf(readiness: NonNullable<Request['readiness']>): string | undefined {
  const { kind, port = 0, path = '', command = [], text = '' } = readiness;
  switch (kind) {
    case 'port':
      return `port:${port}`;
    case 'http':
      return `http:${port}${path}`;
    case 'serial':
      return /^.+$/.test(text) ? `serial:${text}` : undefined;
    case 'exec':
      return command.length > 0 && command.every((word) => /^[^ \n\r\u2028\u2029]+$/.test(word))
        ? `exec:${command.join(' ')}`
        : undefined;
  }
}
