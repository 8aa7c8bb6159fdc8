import type { DockerEngine } from '../engine/docker.engine';

/** The members of `GET /images/{name}/json` that are read here; engines may omit lists or set them to null. */
export interface ImageInfo {
  readonly Id?: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  /** Bytes, including the layers that it shares with other images. */
  readonly Size?: number;
  readonly Config?: ImageConfigInfo | null;
}

export interface ImageConfigInfo {
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  /** `NAME=value` */
  readonly Env?: readonly string[] | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

/** Undefined if the engine does not have it. */
export async function lookUpImage(
  engine: DockerEngine,
  nameOrId: string,
  signal: AbortSignal,
): Promise<(ImageInfo & { readonly Id: string }) | undefined> {
  const found = await engine.find(
    ({ abortSignal }) => engine.json<ImageInfo>(`/images/${nameOrId}/json`, abortSignal),
    signal,
  );
  return found?.Id === undefined ? undefined : { ...found, Id: found.Id };
}
