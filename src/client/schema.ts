// Generated from openapi.json by `npm run generate`; do not edit.
export interface paths {
  readonly '/health': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What the gateway asks: constant */
    readonly get: operations['getHealth'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/health/live': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether the process answers */
    readonly get: operations['getLiveness'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/health/ready': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Whether it can serve requests: database, worker, engines and neighbours */
    readonly get: operations['getReadiness'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** List the tenant's instances, newest first */
    readonly get: operations['listInstances'];
    readonly put?: never;
    /**
     * Create an instance
     * @description Answers at once with the instance in `creating`; it becomes `running`, or `error`.
     */
    readonly post: operations['createInstance'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Get one instance */
    readonly get: operations['getInstance'];
    readonly put?: never;
    readonly post?: never;
    /**
     * Delete an instance
     * @description Cancels what is in flight. A running instance is refused unless `force=true`.
     */
    readonly delete: operations['deleteInstance'];
    readonly options?: never;
    readonly head?: never;
    /**
     * Change name and metadata
     * @description A JSON merge patch: members that are absent stay, a pair that is null goes.
     */
    readonly patch: operations['updateInstance'];
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/start': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Start a stopped instance */
    readonly post: operations['startInstance'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/stop': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Stop a running instance */
    readonly post: operations['stopInstance'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/restart': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /** Restart a stopped instance */
    readonly post: operations['restartInstance'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/networks': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Attach a network, or make one and attach it
     * @description While the instance is running or stopped. To attach twice is the same as once.
     */
    readonly post: operations['attachNetwork'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/volumes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Attach a volume, or make one and attach it
     * @description While the instance is running or stopped. To attach twice is the same as once.
     */
    readonly post: operations['attachVolume'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/networks/{networkId}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /**
     * Detach a network
     * @description The network itself stays. To detach what is not attached changes nothing.
     */
    readonly delete: operations['detachNetwork'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/instances/{id}/volumes/{volumeId}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /**
     * Detach a volume
     * @description The volume itself stays. To detach what is not attached changes nothing.
     */
    readonly delete: operations['detachVolume'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/flavors': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** List the flavors */
    readonly get: operations['listFlavors'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/flavors/{name}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Get one flavor */
    readonly get: operations['getFlavor'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/operations': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** List the tenant's operations, newest first */
    readonly get: operations['listOperations'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/v1/compute/operations/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Get one operation */
    readonly get: operations['getOperation'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/metrics': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** Metrics as Prometheus text */
    readonly get: operations['getMetrics'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/api/errors': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /** What each error code means and what to do, for people */
    readonly get: operations['getErrors'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    readonly FieldErrorDto: {
      /** @example name */
      readonly field: string;
      /** @example name must be text of 1 to 255 characters */
      readonly message: string;
    };
    readonly ProblemDto: {
      /**
       * Format: uri-reference
       * @description Where the service explains it
       * @example /api/errors#instance_not_found
       */
      readonly type: string;
      /** @example Not Found */
      readonly title: string;
      /** @example 404 */
      readonly status: number;
      /**
       * @description What went wrong and what to do
       * @example Instance not found
       */
      readonly detail: string;
      /**
       * @description Path of the request
       * @example /api/v1/compute/instances/x
       */
      readonly instance: string;
      /**
       * @description Stable name of the error
       * @example instance_not_found
       */
      readonly code: string;
      /**
       * @description Whether the same request can succeed later, after `Retry-After`
       * @example false
       */
      readonly retryable: boolean;
      /** @example 5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1 */
      readonly requestId: string;
      /**
       * @description The same as detail
       * @example Instance not found
       */
      readonly error: string;
      /**
       * @description The same as detail
       * @example Instance not found
       */
      readonly message: string;
      /** @description One entry a wrong member of the input */
      readonly errors?: readonly components['schemas']['FieldErrorDto'][];
    };
    readonly HealthDto: {
      /**
       * @example healthy
       * @enum {string}
       */
      readonly status: 'healthy';
      /**
       * @example compute-service
       * @enum {string}
       */
      readonly service: 'compute-service';
    };
    readonly LivenessDto: {
      /**
       * @example live
       * @enum {string}
       */
      readonly status: 'live';
      /**
       * @description Seconds since the process started
       * @example 3600
       */
      readonly uptimeSeconds: number;
    };
    readonly CheckDto: {
      /**
       * @example up
       * @enum {string}
       */
      readonly status: 'up' | 'down' | 'circuit_open' | 'disabled';
      /** @example postgres, schema 1 */
      readonly detail?: string;
    };
    readonly ReadinessDto: {
      /**
       * @example ready
       * @enum {string}
       */
      readonly status: 'ready' | 'degraded';
      /**
       * @example {
       *       "database": {
       *         "status": "up"
       *       },
       *       "network": {
       *         "status": "disabled"
       *       }
       *     }
       */
      readonly checks: {
        readonly [key: string]: components['schemas']['CheckDto'];
      };
    };
    readonly CreateNetworkDto: {
      /** @example web-network */
      readonly name?: string;
      /** @example 10.0.1.0/24 */
      readonly cidr: string;
      /** @default false */
      readonly deleteOnTermination: boolean;
    };
    readonly CreateVolumeDto: {
      /** @example web-disk */
      readonly name?: string;
      /** @example 50 */
      readonly sizeGB: number;
      /**
       * @default block
       * @example block
       */
      readonly type: string;
      /** @default false */
      readonly deleteOnTermination: boolean;
    };
    readonly CreateInstanceDto: {
      /** @example web-server */
      readonly name: string;
      /**
       * @description Name of a flavor, see GET /flavors
       * @example medium
       */
      readonly flavor: string;
      /**
       * @default vm
       * @example vm
       * @enum {string}
       */
      readonly type: 'vm' | 'container';
      /**
       * @default
       * @example ubuntu-22.04
       */
      readonly imageId: string;
      /**
       * @example {
       *       "application": "nginx"
       *     }
       */
      readonly metadata?: {
        readonly [key: string]: string;
      };
      /** @example [] */
      readonly networkIds?: readonly string[];
      /** @example [] */
      readonly volumeIds?: readonly string[];
      /** @description A network to make for this instance */
      readonly createNetwork?: components['schemas']['CreateNetworkDto'];
      /** @description A volume to make for this instance */
      readonly createVolume?: components['schemas']['CreateVolumeDto'];
    };
    readonly InstanceDto: {
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      readonly id: string;
      /** @example web-server */
      readonly name: string;
      /** @example tenant-a */
      readonly tenantId: string;
      /**
       * @example vm
       * @enum {string}
       */
      readonly type: 'vm' | 'container';
      /** @example medium */
      readonly flavor: string;
      /**
       * @example running
       * @enum {string}
       */
      readonly status: 'creating' | 'running' | 'stopped' | 'restarting' | 'error';
      /** @example ubuntu-22.04 */
      readonly imageId: string;
      /** @example [] */
      readonly networkIds: readonly string[];
      /** @example [] */
      readonly volumeIds: readonly string[];
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      readonly createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225602
       */
      readonly updatedAt: number;
      /**
       * @example {
       *       "application": "nginx"
       *     }
       */
      readonly metadata: {
        readonly [key: string]: string;
      };
      /**
       * @description Why it is in error, or what it waits for
       * @example null
       */
      readonly statusReason: string | null;
      /**
       * @description Grows with every change; also the ETag
       * @example 2
       */
      readonly version: number;
    };
    readonly InstanceListDto: {
      readonly instances: readonly components['schemas']['InstanceDto'][];
      /** @description There where more follow; give it as pageToken */
      readonly nextPageToken?: string;
    };
    readonly UpdateInstanceDto: {
      /** @example web-server-1 */
      readonly name?: string;
      /**
       * @example {
       *       "application": "nginx",
       *       "environment": null
       *     }
       */
      readonly metadata?: {
        readonly [key: string]: string | null;
      } | null;
    };
    readonly AttachNetworkDto: {
      /**
       * @description One that is there
       * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
       */
      readonly networkId?: string;
      /** @example web-network */
      readonly name?: string;
      /**
       * @description Instead of networkId: one to make
       * @example 10.0.1.0/24
       */
      readonly cidr?: string;
    };
    readonly AttachVolumeDto: {
      /**
       * @description One that is there
       * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
       */
      readonly volumeId?: string;
      /** @example web-disk */
      readonly name?: string;
      /**
       * @description Instead of volumeId: one to make
       * @example 50
       */
      readonly sizeGB?: number;
    };
    readonly FlavorDto: {
      /** @example medium */
      readonly name: string;
      /**
       * @description Virtual processors
       * @example 2
       */
      readonly vcpus: number;
      /**
       * @description Memory in GB
       * @example 4
       */
      readonly ramGB: number;
      /**
       * @description Disk in GB
       * @example 40
       */
      readonly diskGB: number;
      /**
       * @description What it is meant for
       * @example Suitable for web applications
       */
      readonly description: string;
    };
    readonly FlavorListDto: {
      readonly flavors: readonly components['schemas']['FlavorDto'][];
    };
    readonly FailureDto: {
      /** @example engine_failed */
      readonly code: string;
      /** @example no memory left on the host */
      readonly message: string;
    };
    readonly OperationDto: {
      /**
       * Format: uuid
       * @example 019342d0-3f7a-7c11-9a57-0c5f2d1b8e10
       */
      readonly id: string;
      /** @example tenant-a */
      readonly tenantId: string;
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      readonly instanceId: string;
      /**
       * @example create
       * @enum {string}
       */
      readonly type: 'create' | 'start' | 'stop' | 'restart' | 'delete' | 'attach' | 'detach' | 'cleanup';
      /**
       * @example succeeded
       * @enum {string}
       */
      readonly status: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
      /**
       * @description How often it was begun
       * @example 1
       */
      readonly attempts: number;
      /** @description Why it failed, or is being tried again */
      readonly error: components['schemas']['FailureDto'] | null;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      readonly createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      readonly startedAt: number | null;
      /**
       * @description Unix seconds
       * @example 1767225602
       */
      readonly finishedAt: number | null;
    };
    readonly OperationListDto: {
      readonly operations: readonly components['schemas']['OperationDto'][];
      /** @description There where more follow; give it as pageToken */
      readonly nextPageToken?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly getHealth: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['HealthDto'];
        };
      };
      /** @description `malformed_request` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getLiveness: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LivenessDto'];
        };
      };
      /** @description `malformed_request` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getReadiness: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReadinessDto'];
        };
      };
      /** @description `malformed_request` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `not_ready` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly listInstances: {
    readonly parameters: {
      readonly query?: {
        readonly limit?: number;
        /** @description nextPageToken of the page before */
        readonly pageToken?: string;
        readonly status?: 'creating' | 'running' | 'stopped' | 'restarting' | 'error';
        readonly type?: 'vm' | 'container';
        /** @description Name of a flavor */
        readonly flavor?: string;
        /** @description The whole name */
        readonly name?: string;
        /** @description Pairs that the metadata has, each as `metadata.<key>=<value>` */
        readonly metadata?: {
          readonly [key: string]: string;
        };
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          /** @description The page behind this one */
          readonly Link?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceListDto'];
        };
      };
      /** @description `validation_failed`, `invalid_page_token`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly createInstance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['CreateInstanceDto'];
      };
    };
    readonly responses: {
      readonly 201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The new instance */
          readonly Location?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `invalid_flavor`, `integration_disabled`, `network_not_found`, `network_not_active`, `volume_not_found`, `volume_not_available`, `invalid_tenant`, `network_refused`, `storage_refused` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      readonly 408: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `network_unavailable`, `storage_unavailable`, `database_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getInstance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Answers 304 where the instance still has one of these tags */
        readonly 'If-None-Match'?: string;
      };
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It is still that version */
      readonly 304: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly deleteInstance: {
    readonly parameters: {
      readonly query?: {
        /** @description Stops a running instance first, and waits for no neighbour */
        readonly force?: 'true' | 'false';
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description It takes longer; statusReason says why, and it goes on by itself */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The instance is gone; a forced deletion names the clean-up that goes on */
      readonly 204: {
        headers: {
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`, `instance_running`, `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `engine_failed` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly updateInstance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: {
        /** @description Answers 412 where the instance has none of these tags any more */
        readonly 'If-Match'?: string;
      };
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['UpdateInstanceDto'];
        readonly 'application/merge-patch+json': components['schemas']['UpdateInstanceDto'];
      };
    };
    readonly responses: {
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      readonly 408: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      readonly 412: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly startInstance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The instance, running */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The engine takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_stopped`, `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `engine_failed` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly stopInstance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The instance, stopped */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The engine takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_running`, `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `engine_failed` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly restartInstance: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The instance, restarting; running later */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_stopped`, `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `engine_failed` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly attachNetwork: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['AttachNetworkDto'];
      };
    };
    readonly responses: {
      /** @description The whole instance */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `network_not_found`, `network_not_active`, `integration_disabled`, `too_many_attachments`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `network_refused` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      readonly 408: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `network_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly attachVolume: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': components['schemas']['AttachVolumeDto'];
      };
    };
    readonly responses: {
      /** @description The whole instance */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `volume_not_found`, `volume_not_available`, `integration_disabled`, `too_many_attachments`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `storage_refused` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      readonly 408: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      readonly 413: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `storage_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly detachNetwork: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
        readonly networkId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole instance */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `network_refused` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `network_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly detachVolume: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
        readonly volumeId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole instance */
      readonly 200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      readonly 202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          readonly ETag?: string;
          /** @description The operation at work */
          readonly 'Operation-Location'?: string;
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `storage_refused` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `operation_superseded` */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      readonly 415: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable`, `storage_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly listFlavors: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['FlavorListDto'];
        };
      };
      /** @description `malformed_request` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getFlavor: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly name: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['FlavorDto'];
        };
      };
      /** @description `malformed_url` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `flavor_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly listOperations: {
    readonly parameters: {
      readonly query?: {
        readonly limit?: number;
        /** @description nextPageToken of the page before */
        readonly pageToken?: string;
        readonly status?: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
        readonly instanceId?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OperationListDto'];
        };
      };
      /** @description `validation_failed`, `invalid_page_token`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getOperation: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OperationDto'];
        };
      };
      /** @description `malformed_url`, `invalid_tenant` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `access_denied` */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operation_not_found` */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getMetrics: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/plain': string;
        };
      };
      /** @description `malformed_request` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readonly getErrors: {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/html': string;
        };
      };
      /** @description `malformed_request` */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
}
