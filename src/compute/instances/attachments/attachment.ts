import { newId } from '../../../platform/values/uuid';
import type { NetworkSpec, VolumeSpec } from '../../../integrations';

/** Limit for networks and, separately, for volumes of an instance. */
export const MAX_ATTACHMENTS = 32;

type AttachmentState = 'planned' | 'attached' | 'undoing' | 'releasing';

interface Common {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  /** Id at the platform service; null until the resource is created. */
  readonly resourceId: string | null;
  readonly deleteOnTermination: boolean;
  readonly state: AttachmentState;
  /** A call with an unknown outcome may still take effect. */
  readonly isDoubtful: boolean;
}

/** A network or volume of an instance; `spec` is null if it existed before. */
export type Attachment =
  | (Common & { readonly kind: 'network'; readonly spec: NetworkSpec | null })
  | (Common & { readonly kind: 'volume'; readonly spec: VolumeSpec | null });

interface Given {
  /** Id of the attachment record, which is written before any call. */
  readonly id: string;
  readonly resourceId: string;
}

interface ToMake<Spec> {
  readonly id: string;
  readonly spec: Spec;
  readonly deleteOnTermination: boolean;
}

/** A network or volume that a request attaches to an instance. */
export type AttachmentSpec =
  | ({ readonly kind: 'network' } & (Given | ToMake<NetworkSpec>))
  | ({ readonly kind: 'volume' } & (Given | ToMake<VolumeSpec>));

export type NewAttachment = AttachmentSpec & {
  readonly state: 'planned' | 'attached';
  /** True if the platform service that could check it is disabled. */
  readonly isUnchecked: boolean;
};

/** As in the request; defaults are not filled in. */
export interface CreateNetworkSpec {
  readonly name?: string;
  readonly cidr: string;
  readonly deleteOnTermination?: boolean;
}

export interface CreateVolumeSpec {
  readonly name?: string;
  readonly sizeGB: number;
  readonly type?: string;
  readonly deleteOnTermination?: boolean;
}

export function given<K extends Attachment['kind']>(
  kind: K,
  resourceId: string,
): Given & { readonly kind: K } {
  return { id: newId(), kind, resourceId };
}

export function networkToMake({ name, cidr, deleteOnTermination }: CreateNetworkSpec): AttachmentSpec {
  return {
    id: newId(),
    kind: 'network',
    spec: { name: name ?? 'instance-network', cidr },
    deleteOnTermination: deleteOnTermination === true,
  };
}

export function volumeToMake({ name, sizeGB, type, deleteOnTermination }: CreateVolumeSpec): AttachmentSpec {
  return {
    id: newId(),
    kind: 'volume',
    spec: { name: name ?? 'instance-disk', sizeGB, type: type ?? 'block' },
    deleteOnTermination: deleteOnTermination === true,
  };
}
