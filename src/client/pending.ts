import type { components, paths } from './schema';

type Instance = components['schemas']['InstanceDto'];
type Operation = components['schemas']['OperationDto'];
type Problem = components['schemas']['ProblemDto'];

/** One change of an instance, as its history and the stream of events tell it. */
export interface InstanceEvent {
  readonly instanceId: string;
  readonly version: number;
  readonly type: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly requestId: string | null;
  readonly operationId: string | null;
  /** Unix seconds. */
  readonly at: number;
}

export interface InstanceEventList {
  readonly events: InstanceEvent[];
  readonly nextPageToken?: string;
}

export interface Quantities {
  readonly instances: number;
  readonly vcpus: number;
  readonly ramGB: number;
  readonly diskGB: number;
  readonly gpus: number;
}

/** A limit of -1 is none. */
export interface Quota {
  readonly tenantId: string;
  readonly limits: Quantities;
  readonly usage: Quantities;
}

interface Json<T> {
  readonly content: { readonly 'application/json': T };
}

interface Refused {
  readonly content: { readonly 'application/problem+json': Problem };
}

interface Get<Path, Query, Answers> {
  readonly get: {
    readonly parameters: { readonly path: Path; readonly query?: Query };
    readonly responses: Answers & { readonly 404: Refused };
  };
}

interface ById {
  readonly id: string;
}

/**
 * Routes that the OpenAPI document does not have yet, in the form of `schema.ts`. When it has them, this file goes:
 * the client is then made of `paths` alone, and the types above come from `components`.
 */
interface PendingPaths {
  readonly '/api/v1/compute/instances/{id}/wait': Get<
    ById,
    { readonly status?: string; readonly timeoutSeconds?: number },
    { readonly 200: Json<Instance>; readonly 204: { readonly content?: never } }
  >;
  readonly '/api/v1/compute/operations/{id}/wait': Get<
    ById,
    { readonly timeoutSeconds?: number },
    { readonly 200: Json<Operation> }
  >;
  readonly '/api/v1/compute/instances/{id}/events': Get<
    ById,
    { readonly limit?: number; readonly pageToken?: string },
    { readonly 200: Json<InstanceEventList> }
  >;
  readonly '/api/v1/compute/quotas': {
    readonly get: {
      readonly parameters: { readonly query?: never };
      readonly responses: { readonly 200: Json<Quota>; readonly 403: Refused };
    };
  };
  readonly '/api/v1/compute/instances': Omit<paths['/api/v1/compute/instances'], 'post'> & {
    readonly post: {
      readonly parameters: { readonly header?: { readonly 'Idempotency-Key'?: string } };
      readonly requestBody: {
        readonly content: {
          readonly 'application/json': components['schemas']['CreateInstanceDto'] & {
            readonly count?: number;
          };
        };
      };
      readonly responses: { readonly 201: Json<Instance | CreatedInstances>; readonly 400: Refused };
    };
  };
}

/** What a creation of several answers with. */
export interface CreatedInstances {
  readonly instances: Instance[];
  readonly operationIds: string[];
}

export type ComputePaths = Omit<paths, keyof PendingPaths> & PendingPaths;
