import type { ComputeDriver, Readiness } from '../../../drivers';
import type { Image } from '../../images';
import { ProbeUnsupportedError } from './engine.errors';

/**
 * @param image null if the catalog does not have it
 * @throws {ProbeUnsupportedError} if the engine cannot find out so whether an instance with the image is ready
 */
export function assertProbed(
  { kind, abilities }: ComputeDriver,
  image: Pick<Image, 'sources'> | null,
  readiness: Pick<Readiness, 'kind'> | null | undefined,
): void {
  if (!readiness) return;
  const kinds = abilities.readiness?.kindsFor(image?.sources.get(kind) ?? null) ?? [];
  if (!kinds.includes(readiness.kind)) throw new ProbeUnsupportedError(kind, readiness.kind, kinds);
}
