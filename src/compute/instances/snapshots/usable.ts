import type { Resources } from '../../../drivers/port/resources';
import type { SnapshotSource } from './snapshot';
import {
  FlavorTooSmallForSnapshotError,
  MemorySizeDiffersError,
  SnapshotNotAvailableError,
  SnapshotWithoutMemoryError,
} from './snapshot.errors';

/**
 * Whether an instance of this size can be made from the snapshot.
 * @throws {SnapshotNotAvailableError | FlavorTooSmallForSnapshotError | SnapshotWithoutMemoryError |
 * MemorySizeDiffersError}
 */
export function assertUsable(snapshot: SnapshotSource, size: Resources, isResuming: boolean): void {
  if (snapshot.status !== 'available') throw new SnapshotNotAvailableError(snapshot.status);
  if (size.diskGB < snapshot.diskGB) throw new FlavorTooSmallForSnapshotError(size, snapshot);
  if (!isResuming) return;
  if (!snapshot.includeMemory) throw new SnapshotWithoutMemoryError();
  const isSameSize = size.vcpus === snapshot.vcpus && size.ramGB === snapshot.ramGB;
  if (!isSameSize) throw new MemorySizeDiffersError(snapshot);
}
