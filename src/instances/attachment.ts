import { newId } from '../common/uuid';
import type { NetworkSpec, VolumeSpec } from '../integrations';

/** Networks of an instance, and volumes of an instance. */
export const MAX_ATTACHMENTS = 32;

export type AttachmentState = 'planned' | 'attached' | 'undoing' | 'releasing';

interface Common {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  /** Its id at its service; null until it is made. */
  readonly resourceId: string | null;
  readonly deleteOnTermination: boolean;
  readonly state: AttachmentState;
  /** A call was sent whose answer is not known: it may still take effect. */
  readonly isDoubtful: boolean;
}

/** A network or volume of an instance; `spec` is null where it was there before. */
export type Attachment =
  | (Common & { readonly kind: 'network'; readonly spec: NetworkSpec | null })
  | (Common & { readonly kind: 'volume'; readonly spec: VolumeSpec | null });

interface Given {
  /** Under which it is recorded before anything is done for it. */
  readonly id: string;
  readonly resourceId: string;
}

interface ToMake<Spec> {
  readonly id: string;
  readonly spec: Spec;
  readonly deleteOnTermination: boolean;
}

/** What a request wants an instance to have. */
export type Planned =
  | ({ readonly kind: 'network' } & (Given | ToMake<NetworkSpec>))
  | ({ readonly kind: 'volume' } & (Given | ToMake<VolumeSpec>));

export type NewAttachment = Planned & {
  readonly state: 'planned' | 'attached';
  /** Whether there is no service that could be asked about it. */
  readonly isUnchecked: boolean;
};

/** As a request says it: with defaults. */
export interface NetworkWish {
  readonly name?: string;
  readonly cidr: string;
  readonly deleteOnTermination?: boolean;
}

export interface VolumeWish {
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

export function networkToMake({ name, cidr, deleteOnTermination }: NetworkWish): Planned {
  return {
    id: newId(),
    kind: 'network',
    spec: { name: name ?? 'instance-network', cidr },
    deleteOnTermination: deleteOnTermination === true,
  };
}

export function volumeToMake({ name, sizeGB, type, deleteOnTermination }: VolumeWish): Planned {
  return {
    id: newId(),
    kind: 'volume',
    spec: { name: name ?? 'instance-disk', sizeGB, type: type ?? 'block' },
    deleteOnTermination: deleteOnTermination === true,
  };
}
