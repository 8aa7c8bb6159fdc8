import type { Flavor, Image, Quota, Snapshot } from 'uim-compute-client';
import type { CreateForm, InstanceType } from './state';

/** Image or snapshot of the new instance, once the service has returned it. */
export interface Source {
  readonly image?: Image | undefined;
  readonly snapshot?: Snapshot | undefined;
}

/**
 * The form with what follows from the source: the type of a snapshot, or one that the image supports, and the flavor of
 * the snapshot until the user chooses another.
 */
export function withSource(form: CreateForm, { image, snapshot }: Source): CreateForm {
  if (form.sourceSnapshotId !== null)
    return snapshot
      ? {
          ...form,
          type: snapshot.type,
          flavor: form.flavor === '' ? snapshot.flavor : form.flavor,
          resume: form.resume && snapshot.includeMemory,
        }
      : form;
  const [first] = image?.types ?? [];
  return first === undefined || image?.types.includes(form.type) === true ? form : { ...form, type: first };
}

type Size = Pick<Flavor, 'vcpus' | 'ramGB' | 'diskGB'>;
type FlavorSize = Size & Pick<Flavor, 'gpus'>;

/** Why a flavor cannot be chosen. */
export type FlavorObstacle =
  | { readonly kind: 'image'; readonly minimal: Size }
  | { readonly kind: 'snapshot-disk'; readonly diskGB: number }
  | { readonly kind: 'snapshot-memory'; readonly vcpus: number; readonly ramGB: number }
  | { readonly kind: 'quota'; readonly resource: QuotaResource }
  | { readonly kind: 'full' };

const RESOURCES = ['instances', 'vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
type QuotaResource = (typeof RESOURCES)[number];

export interface FlavorCheck extends Source {
  readonly resume: boolean;
  /** How many more fit; null if there is no limit, undefined if that is unknown. */
  readonly fits: number | null | undefined;
  readonly quota: Quota | undefined;
}

export function obstacleOf(
  flavor: FlavorSize,
  { image, snapshot, resume, fits, quota }: FlavorCheck,
): FlavorObstacle | undefined {
  if (image) {
    const { minimal } = image;
    if (flavor.vcpus < minimal.vcpus || flavor.ramGB < minimal.ramGB || flavor.diskGB < minimal.diskGB)
      return { kind: 'image', minimal };
  }
  if (snapshot) {
    const { vcpus, ramGB, diskGB } = snapshot;
    if (resume && (flavor.vcpus !== vcpus || flavor.ramGB !== ramGB))
      return { kind: 'snapshot-memory', vcpus, ramGB };
    if (flavor.diskGB < diskGB) return { kind: 'snapshot-disk', diskGB };
  }
  const resource = quota && exhaustedBy(flavor, quota);
  if (resource) return { kind: 'quota', resource };
  return fits === 0 ? { kind: 'full' } : undefined;
}

/** What the quota has too little of for one more. */
function exhaustedBy(
  { vcpus, ramGB, diskGB, gpus = 0 }: FlavorSize,
  { limits, usage }: Quota,
): QuotaResource | undefined {
  const needed = { instances: 1, vcpus, ramGB, diskGB, gpus };
  return RESOURCES.find(
    (name) => needed[name] > 0 && limits[name] >= 0 && usage[name] + needed[name] > limits[name],
  );
}

export const TYPES: readonly InstanceType[] = ['vm', 'container'];
