// Generated from openapi.json by `npm run generate`; do not edit.
export interface paths {
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the gateway asks: constant */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers */
    get: operations['getLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether it can serve requests: database, worker, engines and neighbours */
    get: operations['getReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The history of an instance, oldest first
     * @description One event a version. It outlives the instance, for `EVENT_RETENTION_DAYS`.
     */
    get: operations['listInstanceEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Follow the tenant's events as they happen (Server-Sent Events)
     * @description Begins now, or behind the event whose id is given: nothing is lost or sent twice across a reconnect, to whichever replica. The events of an instance come in their order.
     */
    get: operations['followEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the tenant's instances, newest first */
    get: operations['listInstances'];
    put?: never;
    /**
     * Create an instance
     * @description Answers at once with the instance in `creating`; it becomes `running`, or `error`. With `Prefer: wait=N` it answers when that is so.
     */
    post: operations['createInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one instance */
    get: operations['getInstance'];
    put?: never;
    post?: never;
    /**
     * Delete an instance
     * @description Cancels what is in flight. A running instance is refused unless `force=true`, and one with `deletionProtection` in any case.
     */
    delete: operations['deleteInstance'];
    options?: never;
    head?: never;
    /**
     * Change name, metadata and protection
     * @description A JSON merge patch: members that are absent stay, a pair that is null goes.
     */
    patch: operations['updateInstance'];
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Start a stopped instance */
    post: operations['startInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stop a running instance */
    post: operations['stopInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/restart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Restart a stopped instance */
    post: operations['restartInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/networks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Attach a network, or make one and attach it
     * @description While the instance is running or stopped. To attach twice is the same as once.
     */
    post: operations['attachNetwork'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/volumes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Attach a volume, or make one and attach it
     * @description While the instance is running or stopped. To attach twice is the same as once.
     */
    post: operations['attachVolume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/networks/{networkId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Detach a network
     * @description The network itself stays. To detach what is not attached changes nothing.
     */
    delete: operations['detachNetwork'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/volumes/{volumeId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Detach a volume
     * @description The volume itself stays. To detach what is not attached changes nothing.
     */
    delete: operations['detachVolume'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/wait': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Wait until an instance has a status
     * @description Answers as soon as it is reached, also where it is already. It is woken by the change: asking again and again is not needed.
     */
    get: operations['waitForInstance'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/console': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What an instance prints: its log, or its serial console
     * @description The last lines, or with `follow=true` these and what comes, as Server-Sent Events: `line` for each, `end` when the guest has ended or the instance was stopped or deleted, `failed` with the reason if the engine failed, `reconnect` when `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` are over. A stream that ends with none of them was cut: the replica shut down, or the client did not read. To resume, read the last 1000 lines without `follow`: those behind the last line that was received are new. Then follow again with as many `lines`, and drop those that overlap.
     */
    get: operations['readConsole'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/stats': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a running instance uses now
     * @description As the engine measures it. Whoever asks at the same time gets the same measurement.
     */
    get: operations['readStats'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/flavors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the flavors that a new instance can have */
    get: operations['listFlavors'];
    put?: never;
    /** Add a flavor (operator) */
    post: operations['createFlavor'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/flavors/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one flavor, also a retired one that instances have */
    get: operations['getFlavor'];
    put?: never;
    post?: never;
    /**
     * Take a flavor out of use (operator)
     * @description It is gone where no instance has it. Otherwise it is retired: instances keep it, and new ones cannot have it. Repeat it to remove a retired one that nothing has any more.
     */
    delete: operations['deleteFlavor'];
    options?: never;
    head?: never;
    /**
     * Describe a flavor anew (operator)
     * @description The size of a flavor never changes: instances have it. Make another one instead.
     */
    patch: operations['updateFlavor'];
    trace?: never;
  };
  '/api/v1/compute/images': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List what a new instance can start from, by id
     * @description The catalogue of the operator. Engines of containers also take names of OCI images that are not in it.
     */
    get: operations['listImages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/operations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List the tenant's operations, newest first */
    get: operations['listOperations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/operations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get one operation */
    get: operations['getOperation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/operations/{id}/wait': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Wait for the end of an operation
     * @description Answers as soon as it has ended, whatever its result.
     */
    get: operations['waitForOperation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/quotas': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the tenant may have, and what it has */
    get: operations['getQuota'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/quotas/{tenantId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a tenant may have, and what it has (operator) */
    get: operations['getQuotaOf'];
    /**
     * Set limits of a tenant (operator)
     * @description What the tenant has beyond a limit stays; it only gets nothing more.
     */
    put: operations['setQuota'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/capacity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What is allocated, and what still fits
     * @description A tenant sees its own part. With an operator's token: that of all tenants, and the drivers.
     */
    get: operations['getCapacity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Metrics as Prometheus text */
    get: operations['getMetrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What each error code means and what to do, for people */
    get: operations['getErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/orphans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What engines hold for no instance (operator)
     * @description It is removed when it has been seen for `ORPHAN_GRACE_SECONDS` and still belongs to nobody.
     */
    get: operations['listOrphans'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    FieldErrorDto: {
      /** @example name */
      field: string;
      /** @example name must be text of 1 to 255 characters */
      message: string;
    };
    ProblemDto: {
      /**
       * Format: uri-reference
       * @description Where the service explains it
       * @example /api/errors#instance_not_found
       */
      type: string;
      /** @example Not Found */
      title: string;
      /** @example 404 */
      status: number;
      /**
       * @description What went wrong and what to do
       * @example Instance not found
       */
      detail: string;
      /**
       * @description Path of the request
       * @example /api/v1/compute/instances/x
       */
      instance: string;
      /**
       * @description Stable name of the error
       * @example instance_not_found
       */
      code: string;
      /**
       * @description Whether the same request can succeed later, after `Retry-After`
       * @example false
       */
      retryable: boolean;
      /** @example 5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1 */
      requestId: string;
      /**
       * @description The same as detail
       * @example Instance not found
       */
      error: string;
      /**
       * @description The same as detail
       * @example Instance not found
       */
      message: string;
      /** @description One entry a wrong member of the input */
      errors?: components['schemas']['FieldErrorDto'][];
    };
    HealthDto: {
      /**
       * @example healthy
       * @enum {string}
       */
      status: 'healthy';
      /**
       * @example compute-service
       * @enum {string}
       */
      service: 'compute-service';
    };
    LivenessDto: {
      /**
       * @example live
       * @enum {string}
       */
      status: 'live';
      /**
       * @description Seconds since the process started
       * @example 3600
       */
      uptimeSeconds: number;
    };
    CheckDto: {
      /**
       * @example up
       * @enum {string}
       */
      status: 'up' | 'down' | 'circuit_open' | 'disabled';
      /** @example postgres, schema 1 */
      detail?: string;
    };
    ReadinessDto: {
      /**
       * @example ready
       * @enum {string}
       */
      status: 'ready' | 'degraded';
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
      checks: {
        [key: string]: components['schemas']['CheckDto'];
      };
    };
    EventDto: {
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @description Of the instance; each has one event
       * @example 2
       */
      version: number;
      /** @example create.succeeded */
      type: string;
      /**
       * @example creating
       * @enum {string|null}
       */
      from: 'creating' | 'running' | 'stopped' | 'restarting' | 'error' | null;
      /**
       * @description Null where it is gone
       * @example running
       * @enum {string|null}
       */
      to: 'creating' | 'running' | 'stopped' | 'restarting' | 'error' | null;
      /**
       * @description Why, or which resource it is about
       * @example null
       */
      reason: string | null;
      /**
       * @description Who asked for it: `user:` and the subject of a token, `tenant:` and its id, `operator`, or `system:` and a part of the service
       * @example tenant:tenant-a
       */
      actor: string | null;
      /** @example 5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1 */
      requestId: string | null;
      /**
       * Format: uuid
       * @example 019342d0-3f7a-7c11-9a57-0c5f2d1b8e10
       */
      operationId: string | null;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      at: number;
    };
    EventListDto: {
      events: components['schemas']['EventDto'][];
      /** @description There where more follow; give it as pageToken */
      nextPageToken?: string;
    };
    PublishedPortDto: {
      /**
       * @description In the guest
       * @example 80
       */
      port: number;
      /**
       * @example tcp
       * @enum {string}
       */
      protocol: 'tcp' | 'udp';
      /** @example 127.0.0.1 */
      address: string;
      /**
       * @description At that address
       * @example 32768
       */
      hostPort: number;
    };
    InstanceDto: {
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      id: string;
      /** @example web-server */
      name: string;
      /** @example tenant-a */
      tenantId: string;
      /**
       * @example vm
       * @enum {string}
       */
      type: 'vm' | 'container';
      /** @example medium */
      flavor: string;
      /**
       * @example running
       * @enum {string}
       */
      status: 'creating' | 'running' | 'stopped' | 'restarting' | 'error';
      /** @example ubuntu-22.04 */
      imageId: string;
      /** @example [] */
      networkIds: string[];
      /** @example [] */
      volumeIds: string[];
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225602
       */
      updatedAt: number;
      /**
       * @example {
       *       "application": "nginx"
       *     }
       */
      metadata: {
        [key: string]: string;
      };
      /**
       * @description Where those of its ports are reached that its creation asked for
       * @example []
       */
      ports: components['schemas']['PublishedPortDto'][];
      /**
       * @description Why it is in error, or what it waits for
       * @example null
       */
      statusReason: string | null;
      /**
       * @description Whether every deletion is refused
       * @example false
       */
      deletionProtection: boolean;
      /**
       * @description Grows with every change; also the ETag
       * @example 2
       */
      version: number;
    };
    CreatedInstancesDto: {
      instances: components['schemas']['InstanceDto'][];
      /** @description The operations at work, in the order of the instances */
      operationIds: string[];
    };
    GuestPortDto: {
      /** @example 80 */
      port: number;
      /**
       * @default tcp
       * @example tcp
       * @enum {string}
       */
      protocol?: 'tcp' | 'udp';
    };
    ContainerDto: {
      /**
       * @description Program and arguments, without a shell; otherwise what the image says
       * @example [
       *       "nginx",
       *       "-g",
       *       "daemon off;"
       *     ]
       */
      command?: string[];
      /**
       * @description Environment variables; no answer shows them. A name is 1 to 128 letters, digits, "_", "." or "-", and does not begin with a digit
       * @example {
       *       "LOG_LEVEL": "info"
       *     }
       */
      env?: {
        [key: string]: string;
      };
      /** @description Ports of the guest that are to be reached from outside; `ports` of the instance says where */
      ports?: components['schemas']['GuestPortDto'][];
    };
    VmDto: {
      /** @description Ports of the guest that are to be reached from outside; `ports` of the instance says where */
      ports?: components['schemas']['GuestPortDto'][];
    };
    CreateNetworkDto: {
      /** @example web-network */
      name?: string;
      /** @example 10.0.1.0/24 */
      cidr: string;
      /** @default false */
      deleteOnTermination?: boolean;
    };
    CreateVolumeDto: {
      /** @example web-disk */
      name?: string;
      /** @example 50 */
      sizeGB: number;
      /**
       * @default block
       * @example block
       */
      type?: string;
      /** @default false */
      deleteOnTermination?: boolean;
    };
    CreateInstanceDto: {
      /** @description For instances of type container */
      container?: components['schemas']['ContainerDto'];
      /** @description For instances of type vm */
      vm?: components['schemas']['VmDto'];
      /**
       * @description For cloud-init of a vm, as it is; no answer shows it
       * @example #cloud-config
       *     packages: [nginx]
       */
      userData?: string;
      /**
       * @description Lines of authorized_keys for the default user of the image of a vm, with options or without; one line break at the end is removed
       * @example [
       *       "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPHbF0 anna@desk"
       *     ]
       */
      sshKeys?: string[];
      /** @example web-server */
      name: string;
      /**
       * @description Name of a flavor, see GET /flavors
       * @example medium
       */
      flavor: string;
      /**
       * @default vm
       * @example vm
       * @enum {string}
       */
      type?: 'vm' | 'container';
      /**
       * @description An id from GET /images, or for engines that pull container images the name of one. Required unless the engine for `type` ignores images, as the simulated one does.
       * @default
       * @example ubuntu-22.04
       */
      imageId?: string;
      /**
       * @example {
       *       "application": "nginx"
       *     }
       */
      metadata?: {
        [key: string]: string;
      };
      /**
       * @description Refuses every deletion until it is patched off
       * @default false
       */
      deletionProtection?: boolean;
      /** @description Makes so many, all or none, named `<name>-1`, `<name>-2` and so on; the answer is a list of them */
      count?: number;
      /** @example [] */
      networkIds?: string[];
      /** @example [] */
      volumeIds?: string[];
      /** @description A network to make for this instance */
      createNetwork?: components['schemas']['CreateNetworkDto'];
      /** @description A volume to make for this instance */
      createVolume?: components['schemas']['CreateVolumeDto'];
    };
    AmountsDto: {
      /** @example 12 */
      vcpus: number;
      /** @example 24 */
      ramGB: number;
      /** @example 240 */
      diskGB: number;
      /** @example 0 */
      gpus: number;
      /** @example 6 */
      instances: number;
    };
    QuotaOutlookDto: {
      /** @description What the tenant may have; -1 is no limit */
      limits: components['schemas']['AmountsDto'];
      /** @description What the tenant has */
      usage: components['schemas']['AmountsDto'];
      /** @description What would be added */
      requested: components['schemas']['AmountsDto'];
    };
    CapacityOutlookDto: {
      /**
       * @description How many more instances of the same flavor and type would fit after it; null if there is no limit
       * @example 7
       */
      fits: number | null;
    };
    RehearsalDto: {
      /** @description Of a creation */
      quota?: components['schemas']['QuotaOutlookDto'];
      /** @description Of a creation */
      capacity?: components['schemas']['CapacityOutlookDto'];
      /**
       * @description Nothing was done
       * @example true
       * @enum {boolean}
       */
      dryRun: true;
      /**
       * @example create
       * @enum {string}
       */
      action: 'create' | 'start' | 'stop' | 'restart' | 'delete';
      /**
       * @description What the instance would be in the end
       * @example running
       * @enum {string}
       */
      becomes: 'running' | 'stopped' | 'deleted';
      /** @description As it would be at once; its id is none yet */
      instance?: components['schemas']['InstanceDto'];
      /** @description With `count` */
      instances?: components['schemas']['InstanceDto'][];
    };
    InstanceListDto: {
      instances: components['schemas']['InstanceDto'][];
      /** @description There where more follow; give it as pageToken */
      nextPageToken?: string;
    };
    UpdateInstanceDto: {
      /** @example web-server-1 */
      name?: string;
      /**
       * @description Refuses every deletion while it is true
       * @example true
       */
      deletionProtection?: boolean;
      /**
       * @example {
       *       "application": "nginx",
       *       "environment": null
       *     }
       */
      metadata?: {
        [key: string]: string | null;
      } | null;
    };
    AttachNetworkDto: {
      /**
       * @description One that is there
       * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
       */
      networkId?: string;
      /** @example web-network */
      name?: string;
      /**
       * @description Instead of networkId: one to make
       * @example 10.0.1.0/24
       */
      cidr?: string;
    };
    AttachVolumeDto: {
      /**
       * @description One that is there
       * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
       */
      volumeId?: string;
      /** @example web-disk */
      name?: string;
      /**
       * @description Instead of volumeId: one to make
       * @example 50
       */
      sizeGB?: number;
    };
    ConsoleDto: {
      /**
       * @description Oldest first; one of more than 8 KiB is cut, and old ones are left out beyond 4 MiB
       * @example [
       *       "Linux version 6.1.0",
       *       "Welcome"
       *     ]
       */
      lines: string[];
    };
    CpuUsageDto: {
      /**
       * @description Of one processor: 200 is two of them at work
       * @example 12.5
       */
      percent: number | null;
      /**
       * @description Since it was started
       * @example 93.1
       */
      totalSeconds: number | null;
    };
    MemoryUsageDto: {
      /** @example 268435456 */
      usedBytes: number;
      /** @example 1073741824 */
      limitBytes: number;
    };
    DiskUsageDto: {
      /** @example 1048576 */
      readBytes: number;
      /** @example 524288 */
      writtenBytes: number;
      /**
       * @description Of the host's disk
       * @example 2147483648
       */
      usedBytes: number | null;
    };
    NetworkUsageDto: {
      /** @example 1000000 */
      receivedBytes: number;
      /** @example 500000 */
      sentBytes: number;
    };
    StatsDto: {
      cpu: components['schemas']['CpuUsageDto'];
      /** @description Null where the engine cannot tell */
      memory: components['schemas']['MemoryUsageDto'] | null;
      /** @description Null where the engine cannot tell */
      disk: components['schemas']['DiskUsageDto'] | null;
      /** @description Null where the engine cannot tell */
      network: components['schemas']['NetworkUsageDto'] | null;
      /**
       * @description When that was so, in Unix seconds
       * @example 1767225600
       */
      at: number;
    };
    FlavorDto: {
      /** @example medium */
      name: string;
      /**
       * @description Virtual processors
       * @example 2
       */
      vcpus: number;
      /**
       * @description Memory in GB
       * @example 4
       */
      ramGB: number;
      /**
       * @description Disk in GB
       * @example 40
       */
      diskGB: number;
      /**
       * @description What it is meant for
       * @example Suitable for web applications
       */
      description: string;
      /**
       * @description Graphics processors; absent where it has none
       * @example 1
       */
      gpus?: number;
      /**
       * @description Model of the graphics processors; absent where any will do
       * @example nvidia-l40s
       */
      gpuModel?: string;
      /**
       * @description Instances still have it, new ones cannot; absent where they can
       * @example true
       */
      retired?: boolean;
    };
    FlavorListDto: {
      flavors: components['schemas']['FlavorDto'][];
    };
    CreateFlavorDto: {
      /** @example gpu-large */
      name: string;
      /** @example 8 */
      vcpus: number;
      /** @example 64 */
      ramGB: number;
      /** @example 200 */
      diskGB: number;
      /**
       * @default 0
       * @example 1
       */
      gpus?: number;
      /** @example nvidia-l40s */
      gpuModel?: string;
      /**
       * @default
       * @example Suitable for inference
       */
      description?: string;
    };
    UpdateFlavorDto: {
      /** @example Suitable for training */
      description: string;
    };
    MinimalDto: {
      /** @example 1 */
      vcpus: number;
      /** @example 1 */
      ramGB: number;
      /** @example 10 */
      diskGB: number;
    };
    ImageDto: {
      /**
       * @description What `imageId` of a new instance says
       * @example debian-12
       */
      id: string;
      /** @example Debian 12 */
      name: string;
      /** @example With cloud-init */
      description: string;
      /**
       * @description Whom `sshKeys` are for; null where the image does not say
       * @example debian
       */
      defaultUser: string | null;
      /**
       * @description Of instances that can start from it now
       * @example [
       *       "vm"
       *     ]
       */
      types: ('vm' | 'container')[];
      /** @description What a flavor must have at least; 0 where it does not matter */
      minimal: components['schemas']['MinimalDto'];
    };
    ImageListDto: {
      images: components['schemas']['ImageDto'][];
      /** @description There where more follow; give it as pageToken */
      nextPageToken?: string;
    };
    FailureDto: {
      /** @example engine_failed */
      code: string;
      /** @example no memory left on the host */
      message: string;
      /**
       * @description Seconds after which the same request can succeed
       * @example 5
       */
      retryAfterSeconds?: number;
    };
    OperationDto: {
      /**
       * Format: uuid
       * @example 019342d0-3f7a-7c11-9a57-0c5f2d1b8e10
       */
      id: string;
      /** @example tenant-a */
      tenantId: string;
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @example create
       * @enum {string}
       */
      type: 'create' | 'start' | 'stop' | 'restart' | 'delete' | 'attach' | 'detach' | 'cleanup';
      /**
       * @example succeeded
       * @enum {string}
       */
      status: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
      /**
       * @description How often it was begun
       * @example 1
       */
      attempts: number;
      /** @description Why it failed, or is being tried again */
      error: components['schemas']['FailureDto'] | null;
      /**
       * @description How far the engine is, or was when it failed; null where it did not say, or all is done
       * @example null
       */
      progress: string | null;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      startedAt: number | null;
      /**
       * @description Unix seconds
       * @example 1767225602
       */
      finishedAt: number | null;
    };
    OperationListDto: {
      operations: components['schemas']['OperationDto'][];
      /** @description There where more follow; give it as pageToken */
      nextPageToken?: string;
    };
    LimitsDto: {
      /** @example 12 */
      vcpus: number;
      /** @example 24 */
      ramGB: number;
      /** @example 240 */
      diskGB: number;
      /** @example 0 */
      gpus: number;
      /** @example 6 */
      instances: number;
    };
    QuotaDto: {
      /** @example tenant-a */
      tenantId: string;
      /** @description What the tenant may have; -1 is no limit */
      limits: components['schemas']['LimitsDto'];
      /** @description What the tenant has */
      usage: components['schemas']['AmountsDto'];
    };
    SetQuotaDto: {
      /**
       * @description -1 is no limit, null the configured default; absent stays as it is
       * @example 10
       */
      instances?: number | null;
      /**
       * @description -1 is no limit, null the configured default; absent stays as it is
       * @example 40
       */
      vcpus?: number | null;
      /**
       * @description -1 is no limit, null the configured default; absent stays as it is
       * @example 160
       */
      ramGB?: number | null;
      /**
       * @description -1 is no limit, null the configured default; absent stays as it is
       * @example 2000
       */
      diskGB?: number | null;
      /**
       * @description -1 is no limit, null the configured default; absent stays as it is
       * @example 0
       */
      gpus?: number | null;
    };
    FitsDto: {
      /**
       * @description null if there is no limit
       * @example 17
       */
      vm: number | null;
      /**
       * @description null if there is no limit
       * @example 17
       */
      container: number | null;
    };
    FlavorShareDto: {
      /** @example medium */
      name: string;
      /**
       * @description Instances that have it
       * @example 3
       */
      instances: number;
      /** @description How many more instances of each type fit by quota and by the capacity of the engine for that type, if nothing else is created. The types share the quota, and the capacity if they share an engine: do not add them up. */
      fits: components['schemas']['FitsDto'];
    };
    ResourcesDto: {
      /** @example 12 */
      vcpus: number;
      /** @example 24 */
      ramGB: number;
      /** @example 240 */
      diskGB: number;
      /** @example 0 */
      gpus: number;
    };
    DriverCapacityDto: {
      /** @example simulated */
      name: string;
      /** @description What it has room for; -1 where that is not known */
      total: components['schemas']['ResourcesDto'];
      allocated: components['schemas']['AmountsDto'];
      /**
       * @description Whether the engine answers; what is known of one that does not is from before
       * @example up
       * @enum {string}
       */
      status: 'up' | 'down';
      /**
       * @description Version of the engine, or why it is down
       * @example simulated
       */
      detail: string;
    };
    CapacityDto: {
      /**
       * @description Whose part it is; null is that of all tenants, as operators see it
       * @example tenant-a
       */
      tenantId: string | null;
      allocated: components['schemas']['AmountsDto'];
      flavors: components['schemas']['FlavorShareDto'][];
      /** @description Drivers whose capacity is known; for operators only */
      drivers?: components['schemas']['DriverCapacityDto'][];
    };
    OrphanDto: {
      /** @example docker */
      driver: string;
      /**
       * @description As the engine has it; it need not be a UUID
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @description As the engine has it
       * @example tenant-a
       */
      tenantId: string;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      firstSeenAt: number;
      /**
       * @description Unix seconds
       * @example 1767229200
       */
      lastSeenAt: number;
      /**
       * @description Unix seconds after which the engine is told to remove it; null is never
       * @example 1767312000
       */
      removedAfter: number | null;
    };
    OrphanListDto: {
      /** @description Oldest first, a thousand at most */
      orphans: components['schemas']['OrphanDto'][];
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
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthDto'];
        };
      };
      /** @description `malformed_request` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LivenessDto'];
        };
      };
      /** @description `malformed_request` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReadinessDto'];
        };
      };
      /** @description `malformed_request` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `not_ready` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listInstanceEvents: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextPageToken of the page before */
        pageToken?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EventListDto'];
        };
      };
      /** @description `malformed_url`, `validation_failed`, `invalid_page_token`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_lists`, `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  followEvents: {
    parameters: {
      query?: {
        /** @description For clients that cannot set Last-Event-ID */
        lastEventId?: string;
      };
      header?: {
        /** @description Id of the last event that was received */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream; it ends when the replica shuts down, the client does not read, or `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` are over. Reconnect with `Last-Event-ID` */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example retry: 1000
           *     id: AaQNAAA
           *
           *     id: AaUNAAA
           *     event: create.requested
           *     data: {"instanceId":"019342d0-3f79-7d02-8b1a-77c3a0e5f2a4","version":1,"type":"create.requested","from":null,"to":"creating","reason":null,"actor":"tenant:tenant-a","requestId":"5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1","operationId":"019342d0-3f7a-7c11-9a57-0c5f2d1b8e10","at":1767225600}
           */
          'text/event-stream': string;
        };
      };
      /** @description `validation_failed`, `invalid_event_id`, `invalid_tenant`, `event_streams_disabled` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_claim_invalid`, `tenant_mismatch` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_streams`, `shutting_down`, `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listInstances: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextPageToken of the page before */
        pageToken?: string;
        status?: 'creating' | 'running' | 'stopped' | 'restarting' | 'error';
        type?: 'vm' | 'container';
        /** @description Name of a flavor */
        flavor?: string;
        /** @description The whole name */
        name?: string;
        /** @description Pairs that the metadata has, each as `metadata.<key>=<value>` */
        metadata?: {
          [key: string]: string;
        };
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          /** @description The page behind this one */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceListDto'];
        };
      };
      /** @description `validation_failed`, `invalid_page_token`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_claim_invalid`, `tenant_mismatch` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `too_many_lists`, `too_many_unread_answers`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createInstance: {
    parameters: {
      query?: {
        /** @description Only says what would happen, as `Prefer: dry-run` does */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateInstanceDto'];
      };
    };
    responses: {
      /** @description A dry run: what would happen */
      200: {
        headers: {
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RehearsalDto'];
        };
      };
      /** @description The instance, or with `count` the list of them, without the headers of one */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The new instance */
          Location?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json':
            components['schemas']['InstanceDto'] | components['schemas']['CreatedInstancesDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `invalid_flavor`, `image_required`, `image_not_found`, `flavor_too_small`, `integration_disabled`, `network_not_found`, `network_not_active`, `volume_not_found`, `volume_not_available`, `invalid_tenant`, `network_refused`, `storage_refused` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`, `quota_exceeded`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `insufficient_capacity`, `idempotency_key_in_use` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `precondition_unsupported` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_pending_operations`, `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `network_unavailable`, `storage_unavailable`, `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getInstance: {
    parameters: {
      query?: never;
      header?: {
        /** @description Answers 304 where the instance still has one of these tags */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It is still that version */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  deleteInstance: {
    parameters: {
      query?: {
        /** @description Stops a running instance first, and waits for no neighbour */
        force?: 'true' | 'false';
        /** @description Only says what would happen, as `Prefer: dry-run` does */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A dry run: what would happen */
      200: {
        headers: {
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RehearsalDto'];
        };
      };
      /** @description It takes longer; statusReason says why, and it goes on by itself */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The instance is gone; a forced deletion names the clean-up that goes on */
      204: {
        headers: {
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`, `instance_running`, `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `deletion_protected`, `idempotency_key_in_use` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `engine_failed`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  updateInstance: {
    parameters: {
      query?: never;
      header?: {
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateInstanceDto'];
        'application/merge-patch+json': components['schemas']['UpdateInstanceDto'];
      };
    };
    responses: {
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `malformed_url`, `invalid_tenant`, `dry_run_unsupported` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_in_use` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  startInstance: {
    parameters: {
      query?: {
        /** @description Only says what would happen, as `Prefer: dry-run` does */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, running; or what a dry run says */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'] | components['schemas']['RehearsalDto'];
        };
      };
      /** @description The engine takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_stopped`, `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `idempotency_key_in_use`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `engine_failed`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  stopInstance: {
    parameters: {
      query?: {
        /** @description Only says what would happen, as `Prefer: dry-run` does */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, stopped; or what a dry run says */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'] | components['schemas']['RehearsalDto'];
        };
      };
      /** @description The engine takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_running`, `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `idempotency_key_in_use`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `engine_failed`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  restartInstance: {
    parameters: {
      query?: {
        /** @description Only says what would happen, as `Prefer: dry-run` does */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, restarting; running later; or what a dry run says */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'] | components['schemas']['RehearsalDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_stopped`, `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_busy`, `idempotency_key_in_use`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `engine_failed`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  attachNetwork: {
    parameters: {
      query?: never;
      header?: {
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AttachNetworkDto'];
      };
    };
    responses: {
      /** @description The whole instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `network_not_found`, `network_not_active`, `integration_disabled`, `too_many_attachments`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `dry_run_unsupported`, `network_refused` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_in_use`, `instance_busy`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `network_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  attachVolume: {
    parameters: {
      query?: never;
      header?: {
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AttachVolumeDto'];
      };
    };
    responses: {
      /** @description The whole instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `volume_not_found`, `volume_not_available`, `integration_disabled`, `too_many_attachments`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `dry_run_unsupported`, `storage_refused` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_in_use`, `instance_busy`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `storage_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  detachNetwork: {
    parameters: {
      query?: never;
      header?: {
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
        networkId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The whole instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `dry_run_unsupported`, `network_refused` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_in_use`, `instance_busy`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `network_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  detachVolume: {
    parameters: {
      query?: never;
      header?: {
        /** @description `wait=N`: how many seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only says what would happen */
        Prefer?: string;
        /** @description Any text that is new for this request: repeated with it, the change is made once and its answer is given again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Tags of which the instance must have one, or `*`; otherwise 412 and nothing is done */
        'If-Match'?: string;
        /** @description Tags of which the instance must have none; otherwise 412 and nothing is done */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
        volumeId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The whole instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It takes longer than POWER_WAIT_SECONDS; the instance as it is until then */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation at work */
          'Operation-Location'?: string;
          /** @description The preference that was followed */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description `validation_failed`, `instance_not_settled`, `malformed_url`, `invalid_tenant`, `dry_run_unsupported`, `storage_refused` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_in_use`, `instance_busy`, `operation_superseded` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `version_mismatch` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_idempotency_keys`
       *
       *     `rate_limited`
       */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `storage_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  waitForInstance: {
    parameters: {
      query: {
        /** @description How long to wait; 0 only looks */
        timeoutSeconds?: number;
        /** @description What to wait for: a status, `deleted` for its end, or `settled` for whatever status it has when nothing is at work on it */
        status: 'creating' | 'running' | 'stopped' | 'restarting' | 'error' | 'deleted' | 'settled';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, as waited for */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description It is gone, as waited for */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`, `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `wait_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_failed`, `instance_deleted` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `too_many_waits`, `shutting_down`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readConsole: {
    parameters: {
      query?: {
        /** @description How many of the last lines */
        lines?: number;
        /** @description Goes on with what comes, as `Accept: text/event-stream` does; without a value it means `true` */
        follow?: 'true' | 'false';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The lines, or the stream of them */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConsoleDto'];
          /**
           * @example retry: 1000
           *
           *     event: line
           *     data: Linux version 6.1.0
           *
           *     event: line
           *     data: Welcome
           *
           *     event: end
           *     data: the guest has ended
           */
          'text/event-stream': string;
        };
      };
      /** @description `validation_failed`, `console_unsupported`, `malformed_url`, `invalid_tenant`, `event_streams_disabled` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `engine_refused` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `engine_unavailable`, `too_many_waits`, `too_many_unread_answers`, `too_many_streams`, `shutting_down`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  readStats: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatsDto'];
        };
      };
      /** @description `instance_not_running`, `stats_unsupported`, `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `instance_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `engine_refused` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`, `engine_unavailable`, `too_many_waits`, `too_many_unread_answers`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listFlavors: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlavorListDto'];
        };
      };
      /** @description `malformed_request` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  createFlavor: {
    parameters: {
      query?: never;
      header?: {
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateFlavorDto'];
      };
    };
    responses: {
      201: {
        headers: {
          /** @description The new flavor */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlavorDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `dry_run_unsupported` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operator_required` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `flavor_exists` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `precondition_unsupported` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `idempotency_key_reused` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `too_many_idempotency_keys` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getFlavor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlavorDto'];
        };
      };
      /** @description `malformed_url` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `flavor_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `database_unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  deleteFlavor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No new instance can have it */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `malformed_url`, `validation_failed`, `dry_run_unsupported`, `idempotency_key_unsupported` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operator_required` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `precondition_unsupported` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  updateFlavor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateFlavorDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FlavorDto'];
        };
      };
      /** @description `malformed_json`, `malformed_encoding`, `validation_failed`, `malformed_url`, `dry_run_unsupported`, `idempotency_key_unsupported` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operator_required` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `flavor_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `precondition_unsupported` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listImages: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextPageToken of the page before */
        pageToken?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImageListDto'];
        };
      };
      /** @description `validation_failed`, `invalid_page_token`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_claim_invalid`, `tenant_mismatch` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listOperations: {
    parameters: {
      query?: {
        limit?: number;
        /** @description nextPageToken of the page before */
        pageToken?: string;
        status?: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
        instanceId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperationListDto'];
        };
      };
      /** @description `validation_failed`, `invalid_page_token`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_claim_invalid`, `tenant_mismatch` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_lists`, `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getOperation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperationDto'];
        };
      };
      /** @description `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operation_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  waitForOperation: {
    parameters: {
      query?: {
        /** @description How long to wait; 0 only looks */
        timeoutSeconds?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperationDto'];
        };
      };
      /** @description `malformed_url`, `validation_failed`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `access_denied`
       *
       *     `tenant_claim_invalid`, `tenant_mismatch`
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operation_not_found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `wait_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `too_many_waits`, `shutting_down`, `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getQuota: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuotaDto'];
        };
      };
      /** @description `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_claim_invalid`, `tenant_mismatch` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getQuotaOf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuotaDto'];
        };
      };
      /** @description `malformed_url`, `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operator_required` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  setQuota: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetQuotaDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuotaDto'];
        };
      };
      /** @description `malformed_url`, `malformed_json`, `malformed_encoding`, `validation_failed`, `invalid_tenant`, `dry_run_unsupported`, `idempotency_key_unsupported` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operator_required` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `request_timeout` */
      408: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `precondition_unsupported` */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `body_too_large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getCapacity: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CapacityDto'];
        };
      };
      /** @description `invalid_tenant` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_required`, `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `tenant_claim_invalid`, `tenant_mismatch` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `rate_limited` */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description `malformed_request` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  getErrors: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description `malformed_request` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
  listOrphans: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OrphanListDto'];
        };
      };
      /** @description `validation_failed` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `gateway_token_required`, `token_required`, `token_invalid` */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /** @description `operator_required` */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
      /**
       * @description `database_unavailable`
       *
       *     `jwks_unavailable`
       */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemDto'];
        };
      };
    };
  };
}
