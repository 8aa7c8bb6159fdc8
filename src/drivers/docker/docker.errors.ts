import { DriverError } from '../compute-driver.port';

/** What an engine, or the way to it, answered instead of what was asked for. */
export interface EngineFault {
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** The engine's own words; they may hold paths and addresses of its host. */
  readonly text: string;
}

const LONGEST_SENTENCE = 300;

/** Reads what dockerode and Node reject with. */
export function faultOf(error: unknown): EngineFault {
  if (!(error instanceof Error)) return { status: undefined, text: String(error) };
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
  const body: unknown = 'json' in error ? error.json : undefined;
  return {
    status,
    text: messageIn(body) ?? error.message.replace(/^\(HTTP code \d+\) [\w ]+ - /, '').trim(),
  };
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  return typeof body.message === 'string' ? body.message : undefined;
}

export const isAbsent = (error: unknown): boolean => faultOf(error).status === 404;
export const lacksContainer = (error: unknown): boolean =>
  isAbsent(error) && /no (such )?container/i.test(faultOf(error).text);
export const isUnchanged = (error: unknown): boolean => faultOf(error).status === 304;

export function isNameTaken(error: unknown): boolean {
  const { status, text } = faultOf(error);
  // Podman has answered 500 for it.
  return (status === 409 || status === 500) && /already (in use|used|exists)|name .*is in use/i.test(text);
}

export function lacksImage(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return (
    (status === 404 || status === 500) && /no such image|image not known|unable to find .*image/i.test(text)
  );
}

export function lacksNetwork(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return (
    status !== undefined &&
    /network .*not found|unable to find network|network not found|no such network/i.test(text)
  );
}

export function refusesDiskLimit(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return status !== undefined && /storage[ -]?opt|pquota|quota/i.test(text);
}

/** What users are told, by what the engine's words say; the first that fits counts. */
const MEANINGS: readonly (readonly [RegExp, string, boolean])[] = [
  [
    /executable file .*not found|no such file or directory.*(exec|cannot run)|exec: .*no such file/i,
    'The program to run was not found in the image',
    false,
  ],
  [
    /exec: .*permission denied|exec format error|exec .*permission denied/i,
    'The program to run cannot be executed',
    false,
  ],
  [/no command specified/i, 'The image names no program to run: say which in container.command', false],
  [
    /argument list too long/i,
    'Environment and command are together longer than a program can be given',
    false,
  ],
  [
    /non-overlapping IPv4 address pool|could not find free subnet|no (free|available) (subnet|network)/i,
    'The container engine has no addresses left for the network of the tenant',
    true,
  ],
  [/no space left/i, 'The container engine has no disk space left', true],
  [
    /minimum memory limit|memory limit .*(low|small)/i,
    'The memory of the flavor is less than the engine allows',
    false,
  ],
  [
    /iptables|netavark|failed to (create|program|set up).*(bridge|endpoint|network)|setup networking/i,
    'The container engine could not set up the network of the instance (DOCKER_NETWORK says which)',
    true,
  ],
  [
    /port is already allocated|address already in use/i,
    'No port of the host was free to publish a port of the instance',
    true,
  ],
];

/** The error for the core, of whatever a call of the engine rejected with; `doing` says what was wanted. */
export function toDriverError(doing: string, error: unknown): DriverError {
  if (error instanceof DriverError) return error;
  const { status, text } = faultOf(error);
  if (status === undefined) {
    return new DriverError(`The container engine cannot be reached to ${doing}`, {
      retryable: true,
      cause: error,
    });
  }
  const meaning = MEANINGS.find(([pattern]) => pattern.test(text));
  if (meaning) return new DriverError(meaning[1], { retryable: meaning[2], cause: error });
  const isTheirs = status >= 500 || status === 429 || status === 408;
  return new DriverError(`The container engine could not ${doing}: ${publicWords(text)}`, {
    retryable: isTheirs,
    cause: error,
  });
}

/** The engine's words without what is its host's own: paths, addresses and ids. */
export function publicWords(text: string): string {
  const words = text
    .replace(/\b[a-z]+:\/\/[^\s"']+/gi, '…')
    .replace(/(^|[\s"'(=:,])\/[^\s"',;:)]+/g, '$1…')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?(\/\d+)?\b/g, '…')
    .replace(/\b[0-9a-f]{12,64}\b/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > LONGEST_SENTENCE ? `${words.slice(0, LONGEST_SENTENCE)}…` : words;
}

export function refused(message: string, cause?: unknown): DriverError {
  return new DriverError(message, { retryable: false, cause });
}
