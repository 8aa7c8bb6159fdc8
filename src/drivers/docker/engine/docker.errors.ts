import { DriverError, HostPortInUseError, type GuestSpec } from '../../port/driver-call';

/** An error from the engine or from the connection to it. */
export interface EngineFault {
  /** HTTP status; undefined if there was no response. */
  readonly status: number | undefined;
  /** The engine's error message; may contain paths and addresses of its host. */
  readonly text: string;
}

const LONGEST_SENTENCE = 300;

/** Extracts status and message from errors of dockerode and Node. */
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

/**
 * Matches the message formats of both engines as a whole, because messages quote user input (commands, image
 * names, user names, directories) that looser patterns could match.
 */
const says =
  (statuses: readonly number[], ...sentences: readonly RegExp[]) =>
  (error: unknown): boolean => {
    const { status, text } = faultOf(error);
    return (
      status !== undefined && statuses.includes(status) && sentences.some((sentence) => sentence.test(text))
    );
  };

export const isAbsent = (error: unknown): boolean => faultOf(error).status === 404;
export const lacksContainer = says([404], /^no (such )?container/i);
export const isUnchanged = (error: unknown): boolean => faultOf(error).status === 304;

/** When creating a container or a network. Podman answers 500. */
export const isNameTaken = says(
  [409, 500],
  /^conflict\. the container name \S+ is already in use/i,
  /^(container create: )?(error )?creating container storage: the container name \S+ is already in use/i,
  /^network with name \S+ already exists$/i,
  /^network name \S+ already used: /i,
);

/** When creating a container. */
export const lacksImage = says(
  [404, 500],
  /^no such image: \S+$/i,
  /^(no such image: )?\S+: image not known$/i,
);

/** When creating or starting a container, or in a request for the network itself. */
export const lacksNetwork = says(
  [404, 500],
  /^(failed to set up container networking: )?network \S+ not found$/i,
  /^(container create: )?unable to find network with name or ID \S+: network not found$/i,
  /^network not found$/i,
);

/**
 * When starting a container: Docker Engine was killed during an earlier start, before it recorded the process.
 * containerd still has the process or its container, which the engine could not remove.
 */
export const LOST_PROCESS =
  /^((failed to create task for container: )?task [0-9a-f]{64}: already exists|id already in use)$/;
export const hasLostProcess = says([409, 500], LOST_PROCESS);

/** When creating a container. */
export const refusesDiskLimit = says(
  [400, 500],
  /^(container create: )?([a-z -]+: )?(creating read-write layer with ID "[0-9a-f]+": )?--storage-opt is (not )?supported/i,
  /^(container create: )?([a-z -]+: )?storage option overlay\.size/i,
);

/** When starting a container. */
export const isPaused = says(
  [409, 500],
  /^cannot start a paused container/i,
  /^container [0-9a-f]+ must be in Created or Stopped state to be started/i,
);

const PORT_TAKEN = /port is already allocated$|address already in use$/i;

/** When starting a container: a host port that it requests is in use. Undefined for any other error. */
export function requestedPortTaken(
  error: unknown,
  { ports }: Pick<GuestSpec, 'ports'>,
): DriverError | undefined {
  const { text } = faultOf(error);
  if (OF_RUNTIME.test(text) || !PORT_TAKEN.test(text)) return undefined;
  // The address that could not be bound is the last one.
  const named = Number(/.*:(\d+)\b/s.exec(text)?.[1]);
  const taken = ports.find(({ hostPort }) => hostPort === named);
  return taken && new HostPortInUseError(taken, named);
}

/** Prefix of messages from the OCI runtime; user input follows it. */
const OF_RUNTIME = /^(?:failed to [^":]+: )*(?:OCI runtime|runc|crun|exec: ")/i;

interface Meaning {
  readonly pattern: RegExp;
  readonly sentence: string;
  readonly retryable: boolean;
}

/** User-facing messages for errors of the OCI runtime; the first match wins. */
const OF_PROGRAMS: readonly Meaning[] = [
  {
    pattern: /executable file .*not found|no such file or directory/i,
    sentence: 'The program to run was not found in the image',
    retryable: false,
  },
  {
    pattern: /permission denied|exec format error/i,
    sentence: 'The program to run is not executable',
    retryable: false,
  },
  {
    pattern: /argument list too long/i,
    sentence: 'Environment and command are too long for a program',
    retryable: false,
  },
];

const OF_ENGINES: readonly Meaning[] = [
  {
    pattern: LOST_PROCESS,
    sentence:
      'The container engine was killed while starting the container and lost its process: an operator must remove the process in containerd (ctr --namespace moby tasks kill and rm)',
    retryable: false,
  },
  {
    pattern: /^(linux spec user: )?unable to find (user|group) /i,
    sentence: 'The user or group in the image configuration does not exist in the image',
    retryable: false,
  },
  {
    pattern: /^no command specified|^(container create: )?no command or entrypoint provided/i,
    sentence: 'The image defines no program to run: set container.command',
    retryable: false,
  },
  {
    pattern: /argument list too long$/i,
    sentence: 'Environment and command are too long for a program',
    retryable: false,
  },
  {
    pattern:
      /^(error response: )?could not find (an available, non-overlapping IPv4|free subnet)|^no (free|available) (subnet|network)/i,
    sentence:
      'The container engine has no addresses left for the network of the tenant: an operator must extend its default-address-pools (Podman: default_subnet_pools)',
    retryable: true,
  },
  {
    pattern: /no space left on device$/i,
    sentence: 'The container engine has no disk space left',
    retryable: true,
  },
  {
    pattern: /^minimum memory limit|^memory limit .*(low|small)/i,
    sentence: 'The memory of the flavor is below the minimum of the engine',
    retryable: false,
  },
  {
    pattern: PORT_TAKEN,
    sentence: 'No host port was free for publishing a port of the instance',
    retryable: true,
  },
  {
    pattern:
      /^(failed to set up container networking: )?(driver failed programming|iptables|netavark|setup networking|setting up network|failed to (create|program|set ?up) (the )?(ip ?tables|bridge|endpoint|network))/i,
    sentence: 'The container engine could not set up the network of the instance (see DOCKER_NETWORK)',
    retryable: true,
  },
];

/** Converts any rejection of an engine call into a `DriverError`; `doing` names the attempted action. */
export function toDriverError(doing: string, error: unknown): DriverError {
  if (error instanceof DriverError) return error;
  const { status, text } = faultOf(error);
  if (status === undefined) {
    return new DriverError(`The container engine is unreachable (${doing})`, {
      retryable: true,
      cause: error,
    });
  }
  const meaning = meaningOf(text);
  if (meaning) return new DriverError(meaning.sentence, { retryable: meaning.retryable, cause: error });
  const isTheirs = status >= 500 || status === 429 || status === 408;
  return new DriverError(`The container engine could not ${doing}: ${publicMessage(text)}`, {
    retryable: isTheirs,
    cause: error,
  });
}

function meaningOf(text: string): Meaning | undefined {
  const meanings = OF_RUNTIME.test(text) ? OF_PROGRAMS : OF_ENGINES;
  return meanings.find(({ pattern }) => pattern.test(text));
}

/** The engine's message without details of its host: paths, addresses and ids. */
export function publicMessage(text: string): string {
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
