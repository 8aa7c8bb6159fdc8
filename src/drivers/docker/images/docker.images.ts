import { LineSplitter } from '../../../platform/values/line-splitter';
import { canonicalRegistry, parseImageName, type ImageName } from '../../port/image-name';
import type { DockerConfig } from '../docker.config';
import { DriverError, type DriverCall, type InstanceSpec } from '../../port/driver-call';
import { LABEL } from '../docker.labels';
import type { DockerEngine } from '../engine/docker.engine';
import { faultOf, publicMessage, refused, toDriverError } from '../engine/docker.errors';
import { PullFailure, PullProgress } from '../engine/docker.pull-progress';
import { lookUpImage } from './docker.image-info';

/** Maximum length of a line about a pull; the engine's are much shorter. */
const MAX_LINE_BYTES = 1_048_576;

interface StoredImage {
  readonly id: string;
  /** All names of the image at the engine. */
  readonly names: readonly ImageName[];
  readonly isSnapshot: boolean;
  /** False if the engine has it only under other names. */
  readonly isUsable: boolean;
}

/** Resolves and pulls images according to `DOCKER_PULL`, and reports progress. */
export class DockerImages {
  constructor(
    private readonly engine: DockerEngine,
    private readonly config: DockerConfig,
  ) {}

  /** @throws {DriverError} if the instance does not name a container image. */
  of(instance: InstanceSpec): ImageName {
    if (instance.image !== null && instance.image.kind !== 'name') {
      throw refused('The image is a disk or a kernel; a container needs a container image');
    }
    const name = parseImageName(instance.image?.name ?? instance.imageId);
    if (name) return name;
    throw refused('The image is not a valid container image name, such as registry.example.com/team/app:1.2');
  }

  get isAlwaysPulled(): boolean {
    return this.config.pull === 'always';
  }

  /**
   * The image to create the container from: its name if all images are allowed, otherwise the id of the checked
   * image, which no tag can change. An image that the engine has only under other names counts as missing: engines
   * also resolve images by digest or partial name. So does the image of a snapshot.
   * @throws {DriverError} if the tenant may not use the image.
   */
  async resolve(image: ImageName, call: DriverCall): Promise<string> {
    const { imageCheck, signal } = call;
    let found = await this.find(image, signal);
    // Without a check, the engine says itself whether it has the image.
    if (imageCheck === null && found?.isSnapshot !== true) return image.name;
    if (!found?.isUsable) {
      await this.fetchMissing(image, call);
      found = await this.find(image, signal);
    }
    if (!found?.isUsable) throw this.unavailable(image);
    if (imageCheck?.(found.names) === false) {
      throw this.unavailable(image, new Error('the engine has it as an image of other tenants'));
    }
    return found.id;
  }

  /** Makes sure that the engine has the image of the call. @throws {DriverError} also if the tenant may not use it */
  async ensure(call: DriverCall): Promise<void> {
    const image = this.of(call.instance);
    if (this.isAlwaysPulled) await this.pull(image, call);
    else if (!(await this.find(image, call.signal))?.isUsable) await this.fetchMissing(image, call);
    await this.resolve(image, call);
  }

  /** The same error for a missing image and one of other tenants, so that its existence is not disclosed. */
  private unavailable(image: ImageName, cause?: unknown): DriverError {
    if (this.config.pull !== 'never') return isMissing(image, cause);
    return refused(
      `The engine does not have the image ${image.name}, and pulling is disabled (DOCKER_PULL=never): ` +
        'an operator must load it',
      cause,
    );
  }

  private async find(image: ImageName, signal: AbortSignal): Promise<StoredImage | undefined> {
    const found = await lookUpImage(this.engine, image.name, signal);
    if (!found) return undefined;
    const names = [...(found.RepoTags ?? []), ...(found.RepoDigests ?? [])].flatMap(
      (text) => parseImageName(text) ?? [],
    );
    const isSnapshot = found.Config?.Labels?.[LABEL.snapshotId] !== undefined;
    const isUsable = !isSnapshot && names.some(({ name }) => name === image.name);
    return { id: found.Id, names, isSnapshot, isUsable };
  }

  /** Pulls an image that the engine does not have, if the policy allows it. */
  async fetchMissing(image: ImageName, call: DriverCall): Promise<void> {
    if (this.config.pull === 'never') throw this.unavailable(image);
    await this.pull(image, call);
  }

  /** @throws {DriverError} */
  async pull(image: ImageName, { progress, signal }: DriverCall): Promise<void> {
    const pulling = `pulling ${image.name}`;
    progress(pulling);
    try {
      const auth = this.credentialsFor(image);
      const stream = await this.engine.stream(
        {
          method: 'POST',
          path: '/images/create',
          query: { fromImage: image.repository, tag: image.version },
          ...(auth && { auth }),
        },
        signal,
      );
      await follow(stream, (percent) => progress(`${pulling}: ${percent} %`));
    } catch (error) {
      // An aborted stream ends with an error that looks like the engine's.
      if (signal.aborted) throw new DriverError('Pulling was cancelled', { retryable: true, cause: error });
      throw toPullError(image, error);
    }
  }

  /** Credentials are sent only to the registry that they are configured for. */
  private credentialsFor(image: ImageName): Record<string, string> | undefined {
    const { registry } = this.config;
    if (registry === undefined || canonicalRegistry(registry.name) !== image.registry) return undefined;
    return {
      username: registry.user,
      password: registry.password.reveal(),
      serveraddress: image.registry === 'docker.io' ? 'https://index.docker.io/v1/' : image.registry,
    };
  }
}

/** Reads a pull to its end: an engine answers 200 and reports a failure in the last line. */
async function follow(stream: AsyncIterable<Buffer>, tell: (percent: number) => void): Promise<void> {
  const progress = new PullProgress(tell);
  const lines = new LineSplitter(MAX_LINE_BYTES, 'throw');
  for await (const chunk of stream)
    for (const line of lines.take(chunk)) progress.take(line.toString('utf8'));
  for (const line of lines.end()) progress.take(line.toString('utf8'));
}

function toPullError(image: ImageName, error: unknown): DriverError {
  const { status, text } = faultOf(error);
  if (/unauthorized|authentication required|denied|no basic auth|forbidden/i.test(text)) {
    return refused(`The registry requires (other) credentials for the image ${image.name}`, error);
  }
  if (status === 404 || /not found|manifest unknown|does not exist|no such image|name unknown/i.test(text)) {
    return isMissing(image, error);
  }
  if (error instanceof PullFailure || status !== undefined) {
    return new DriverError(`The image ${image.name} could not be pulled: ${publicMessage(text)}`, {
      retryable: true,
      cause: error,
    });
  }
  return toDriverError(`pull the image ${image.name}`, error);
}

function isMissing(image: ImageName, cause?: unknown): DriverError {
  return refused(`Image ${image.name} was not found in its registry`, cause);
}
