// Generated from openapi.json by `npm run generate`; do not edit.
export interface paths {
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Constant health response for gateways */
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
    /** Liveness of the process */
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
    /** Readiness: database, worker, engines and platform services */
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
     * @description One event for each version. Events are kept for `EVENT_RETENTION_DAYS`, even after the instance is deleted.
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
     * Stream the tenant's events (Server-Sent Events)
     * @description Starts now, or after the event with the given id: no event is lost or repeated when a client reconnects, to any replica. Events of one instance arrive in order.
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
     * @description Responds immediately with the instance in `creating`, which becomes `running` or `error`. With `Prefer: wait=N`, responds when that status is reached.
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
     * @description Cancels an operation in progress. A running instance is deleted only with `force=true`, and one with `deletionProtection` never.
     */
    delete: operations['deleteInstance'];
    options?: never;
    head?: never;
    /**
     * Change name, metadata and deletion protection
     * @description A JSON merge patch: absent members keep their value, and null removes a metadata pair.
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
     * Attach an existing or new network
     * @description The instance must be running or stopped. Attaching an attached ${kind} again changes nothing.
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
     * Attach an existing or new volume
     * @description The instance must be running or stopped. Attaching an attached ${kind} again changes nothing.
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
     * @description The network itself is not deleted. Detaching a network that is not attached changes nothing.
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
     * @description The volume itself is not deleted. Detaching a volume that is not attached changes nothing.
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
     * Wait until an instance reaches a status
     * @description Responds as soon as the status is reached, or immediately if it already is. The service is notified of the change, so clients need not poll.
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
     * Console output: the log of a container, or the serial console of a virtual machine
     * @description The last lines; with `follow=true`, also new lines, as Server-Sent Events: `line` for each, `end` when the guest has exited or the instance was stopped or deleted, `failed` with the reason if the engine failed, `reconnect` when `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` have passed. A stream that ends without these was interrupted: the replica shut down, or the client did not read. To resume, read the last 1000 lines without `follow`: those after the last received line are new. Then follow again with the same number of `lines`, and drop the overlap.
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
     * Current resource usage of a running instance
     * @description Measured by the engine. Concurrent requests share one measurement.
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
    /** List the flavors for new instances */
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
    /** Get one flavor, even a retired one */
    get: operations['getFlavor'];
    put?: never;
    post?: never;
    /**
     * Remove or retire a flavor (operator)
     * @description Removes the flavor if no instance has it. Otherwise retires it: existing instances keep it, and new ones cannot use it. Repeat the request to remove a retired flavor that is no longer in use.
     */
    delete: operations['deleteFlavor'];
    options?: never;
    head?: never;
    /**
     * Change the description of a flavor (operator)
     * @description The size of a flavor never changes, because instances have it. Create another flavor instead.
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
     * List the images for new instances, by id
     * @description The image catalog of the operator. Container engines also accept names of OCI images that are not in it.
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
     * Wait until an operation finishes
     * @description Responds as soon as the operation has finished, successfully or not.
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
    /** Get the tenant's limits and usage */
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
    /** Get the limits and usage of a tenant (operator) */
    get: operations['getQuotaOf'];
    /**
     * Set the limits of a tenant (operator)
     * @description Usage beyond a new limit stays, but cannot grow.
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
     * Get allocated and free capacity
     * @description A tenant sees its own allocation. Operators see that of all tenants, and the drivers.
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
    /** Metrics in Prometheus text format */
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
    /** Reference page of all error codes */
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
     * List the instances at engines that are not in the database (operator)
     * @description A resource is removed if it still belongs to no instance after `ORPHAN_GRACE_SECONDS`.
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
       * @description Link to the explanation of the code
       * @example /api/errors#instance_not_found
       */
      type: string;
      /** @example Not Found */
      title: string;
      /** @example 404 */
      status: number;
      /**
       * @description What went wrong and how to fix it
       * @example Instance not found
       */
      detail: string;
      /**
       * @description Path of the request
       * @example /api/v1/compute/instances/x
       */
      instance: string;
      /**
       * @description Stable error code
       * @example instance_not_found
       */
      code: string;
      /**
       * @description Whether the unchanged request can succeed after `Retry-After`
       * @example false
       */
      retryable: boolean;
      /** @example 5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1 */
      requestId: string;
      /**
       * @description Same as `detail`
       * @example Instance not found
       */
      error: string;
      /**
       * @description Same as `detail`
       * @example Instance not found
       */
      message: string;
      /** @description One entry for each invalid member */
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
       * @description Version of the instance; each version has one event
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
       * @description Null if the instance was deleted
       * @example running
       * @enum {string|null}
       */
      to: 'creating' | 'running' | 'stopped' | 'restarting' | 'error' | null;
      /**
       * @description Cause, or the resource that the event is about
       * @example null
       */
      reason: string | null;
      /**
       * @description Who requested the change: `user:` and the subject of a token, `tenant:` and its id, `operator`, or `system:` and a component of the service
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
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    PublishedPortDto: {
      /**
       * @description Port number in the guest
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
       * @description Port number at that address
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
       * @description Host addresses of the published ports
       * @example []
       */
      ports: components['schemas']['PublishedPortDto'][];
      /**
       * @description Why the instance is in error, or what it waits for
       * @example null
       */
      statusReason: string | null;
      /**
       * @description Whether deletion protection is enabled
       * @example false
       */
      deletionProtection: boolean;
      /**
       * @description Increases with every change; also the ETag
       * @example 2
       */
      version: number;
    };
    CreatedInstancesDto: {
      instances: components['schemas']['InstanceDto'][];
      /** @description Ids of the create operations, in the order of the instances */
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
       * @description Program and arguments, run without a shell; by default, those of the image
       * @example [
       *       "nginx",
       *       "-g",
       *       "daemon off;"
       *     ]
       */
      command?: string[];
      /**
       * @description Environment variables; never returned. A name has 1 to 128 letters, digits, "_", "." or "-", and does not start with a digit
       * @example {
       *       "LOG_LEVEL": "info"
       *     }
       */
      env?: {
        [key: string]: string;
      };
      /** @description Ports of the guest to publish; `ports` of the instance shows their host addresses */
      ports?: components['schemas']['GuestPortDto'][];
    };
    VmDto: {
      /** @description Ports of the guest to publish; `ports` of the instance shows their host addresses */
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
      /** @description Only for type container */
      container?: components['schemas']['ContainerDto'];
      /** @description Only for type vm */
      vm?: components['schemas']['VmDto'];
      /**
       * @description User data for cloud-init, passed unchanged; never returned
       * @example #cloud-config
       *     packages: [nginx]
       */
      userData?: string;
      /**
       * @description Lines of authorized_keys for the default user of the image, with or without options; one trailing line break is removed
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
       * @description An id from GET /images, or, for container engines, the name of an OCI image. Required unless the driver for `type` ignores images, as the simulated one does.
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
       * @description Enables deletion protection
       * @default false
       */
      deletionProtection?: boolean;
      /** @description Creates this number of instances, all or none, named `<name>-1`, `<name>-2` and so on; the response is a list */
      count?: number;
      /** @example [] */
      networkIds?: string[];
      /** @example [] */
      volumeIds?: string[];
      /** @description Network to create for this instance */
      createNetwork?: components['schemas']['CreateNetworkDto'];
      /** @description Volume to create for this instance */
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
      /** @description Limits of the tenant; -1 means no limit */
      limits: components['schemas']['AmountsDto'];
      /** @description Current usage of the tenant */
      usage: components['schemas']['AmountsDto'];
      /** @description What the request would add */
      requested: components['schemas']['AmountsDto'];
    };
    CapacityOutlookDto: {
      /**
       * @description How many more instances of the same flavor and type would fit after this one; null if there is no limit
       * @example 7
       */
      fits: number | null;
    };
    DryRunResultDto: {
      /** @description Only for creates */
      quota?: components['schemas']['QuotaOutlookDto'];
      /** @description Only for creates */
      capacity?: components['schemas']['CapacityOutlookDto'];
      /**
       * @description Nothing was changed
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
       * @description Status that the instance would reach
       * @example running
       * @enum {string}
       */
      becomes: 'running' | 'stopped' | 'deleted';
      /** @description The instance as it would be right after the request; its id is not reserved */
      instance?: components['schemas']['InstanceDto'];
      /** @description With `count` */
      instances?: components['schemas']['InstanceDto'][];
    };
    InstanceListDto: {
      instances: components['schemas']['InstanceDto'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    UpdateInstanceDto: {
      /** @example web-server-1 */
      name?: string;
      /**
       * @description Whether deletion protection is enabled
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
       * @description An existing one
       * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
       */
      networkId?: string;
      /** @example web-network */
      name?: string;
      /**
       * @description Network to create, instead of networkId
       * @example 10.0.1.0/24
       */
      cidr?: string;
    };
    AttachVolumeDto: {
      /**
       * @description An existing one
       * @example 7c9e6679-7425-40de-944b-e07fc1f90ae7
       */
      volumeId?: string;
      /** @example web-disk */
      name?: string;
      /**
       * @description Volume to create, instead of volumeId
       * @example 50
       */
      sizeGB?: number;
    };
    ConsoleDto: {
      /**
       * @description Oldest first. Lines longer than 8 KiB are cut; beyond 4 MiB in total, the oldest lines are omitted
       * @example [
       *       "Linux version 6.1.0",
       *       "Welcome"
       *     ]
       */
      lines: string[];
    };
    CpuUsageDto: {
      /**
       * @description Percent of one CPU; 200 means two fully used CPUs
       * @example 12.5
       */
      percent: number | null;
      /**
       * @description CPU seconds since the start
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
       * @description Used space on the host's disk
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
      /** @description Null if the engine does not report it */
      memory: components['schemas']['MemoryUsageDto'] | null;
      /** @description Null if the engine does not report it */
      disk: components['schemas']['DiskUsageDto'] | null;
      /** @description Null if the engine does not report it */
      network: components['schemas']['NetworkUsageDto'] | null;
      /**
       * @description Time of the measurement in Unix seconds
       * @example 1767225600
       */
      at: number;
    };
    FlavorDto: {
      /** @example medium */
      name: string;
      /**
       * @description Number of virtual CPUs
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
       * @description Purpose of the flavor
       * @example Suitable for web applications
       */
      description: string;
      /**
       * @description Number of GPUs; absent if it has no GPUs
       * @example 1
       */
      gpus?: number;
      /**
       * @description GPU model; absent if any model is acceptable
       * @example nvidia-l40s
       */
      gpuModel?: string;
      /**
       * @description True if the flavor is retired: existing instances keep it, new ones cannot use it
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
       * @description Value for `imageId` of a new instance
       * @example debian-12
       */
      id: string;
      /** @example Debian 12 */
      name: string;
      /** @example With cloud-init */
      description: string;
      /**
       * @description User account that receives `sshKeys`; null if the image does not define one
       * @example debian
       */
      defaultUser: string | null;
      /**
       * @description Types of instances that can currently start from it
       * @example [
       *       "vm"
       *     ]
       */
      types: ('vm' | 'container')[];
      /** @description Minimum size of the flavor; 0 means no minimum */
      minimal: components['schemas']['MinimalDto'];
    };
    ImageListDto: {
      images: components['schemas']['ImageDto'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    FailureDto: {
      /** @example engine_failed */
      code: string;
      /** @example no memory left on the host */
      message: string;
      /**
       * @description Seconds after which the unchanged request can succeed
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
       * @description Number of attempts so far
       * @example 1
       */
      attempts: number;
      /** @description Why it failed, or why it will be retried */
      error: components['schemas']['FailureDto'] | null;
      /**
       * @description Progress reported by the engine; null if none was reported, or if the operation succeeded
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
      /** @description Present if there are more results; pass it as `pageToken` */
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
      /** @description Limits of the tenant; -1 means no limit */
      limits: components['schemas']['LimitsDto'];
      /** @description Current usage of the tenant */
      usage: components['schemas']['AmountsDto'];
    };
    SetQuotaDto: {
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
       * @example 10
       */
      instances?: number | null;
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
       * @example 40
       */
      vcpus?: number | null;
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
       * @example 160
       */
      ramGB?: number | null;
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
       * @example 2000
       */
      diskGB?: number | null;
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
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
       * @description Number of instances with this flavor
       * @example 3
       */
      instances: number;
      /** @description How many more instances of each type fit within the quota and the capacity of the engine, if nothing else is created. The types share the quota, and the capacity if they share an engine, so do not add them up. */
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
      /** @description Total capacity; -1 if unknown */
      total: components['schemas']['ResourcesDto'];
      allocated: components['schemas']['AmountsDto'];
      /**
       * @description Whether the engine is reachable; if it is down, the capacity is the last known one
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
       * @description The tenant; null for all tenants, as operators see it
       * @example tenant-a
       */
      tenantId: string | null;
      allocated: components['schemas']['AmountsDto'];
      flavors: components['schemas']['FlavorShareDto'][];
      /** @description Drivers with known capacity; only for operators */
      drivers?: components['schemas']['DriverCapacityDto'][];
    };
    OrphanDto: {
      /** @example docker */
      driver: string;
      /**
       * @description Instance id in the engine's tag; not necessarily a UUID
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @description Tenant in the engine's tag
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
       * @description When it will be removed, in Unix seconds; null means never
       * @example 1767312000
       */
      removedAfter: number | null;
    };
    OrphanListDto: {
      /** @description Oldest first, at most 1000 */
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
        /** @description `nextPageToken` of the previous page */
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
        /** @description Id of the last received event */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The stream. It ends when the replica shuts down, the client does not read, or `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` have passed. Reconnect with `Last-Event-ID` */
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
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        status?: 'creating' | 'running' | 'stopped' | 'restarting' | 'error';
        type?: 'vm' | 'container';
        /** @description Name of a flavor */
        flavor?: string;
        /** @description Exact name */
        name?: string;
        /** @description Required metadata pairs, each as `metadata.<key>=<value>` */
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
          /** @description The next page */
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
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
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
      /** @description The result of a dry run */
      200: {
        headers: {
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DryRunResultDto'];
        };
      };
      /** @description The instance; with `count`, a list without `ETag` and `Operation-Location` */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The new instance */
          Location?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description Entity tags; responds 304 if the instance still has one of them */
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
      /** @description The instance still has that version */
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
        /** @description Also deletes a running instance, and does not wait for platform services */
        force?: 'true' | 'false';
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The result of a dry run */
      200: {
        headers: {
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DryRunResultDto'];
        };
      };
      /** @description The deletion takes longer and continues; statusReason contains the cause */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The instance is deleted; after a forced deletion, `Operation-Location` names the remaining clean-up */
      204: {
        headers: {
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
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
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, running, or the result of a dry run */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'] | components['schemas']['DryRunResultDto'];
        };
      };
      /** @description The operation takes longer than POWER_WAIT_SECONDS; the current instance */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, stopped, or the result of a dry run */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'] | components['schemas']['DryRunResultDto'];
        };
      };
      /** @description The operation takes longer than POWER_WAIT_SECONDS; the current instance */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: 'true' | 'false';
      };
      header?: {
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, restarting, or the result of a dry run */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'] | components['schemas']['DryRunResultDto'];
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
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
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
      /** @description The instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The operation takes longer than POWER_WAIT_SECONDS; the current instance */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
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
      /** @description The instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The operation takes longer than POWER_WAIT_SECONDS; the current instance */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
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
      /** @description The instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The operation takes longer than POWER_WAIT_SECONDS; the current instance */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description `wait=N`: maximum number of seconds to wait for the outcome, 0 to 300 (RFC 7240). `dry-run`: only report what would happen */
        Prefer?: string;
        /** @description A unique text for this request. If the request is repeated with the same key, the change is made only once, and its response is returned again, with `Idempotency-Replayed: true` */
        'Idempotency-Key'?: string;
        /** @description Entity tags, or `*`; if the instance has none of them, responds 412 and changes nothing */
        'If-Match'?: string;
        /** @description Entity tags; if the instance has one of them, responds 412 and changes nothing */
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
      /** @description The instance */
      200: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InstanceDto'];
        };
      };
      /** @description The operation takes longer than POWER_WAIT_SECONDS; the current instance */
      202: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
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
        /** @description Maximum wait in seconds; 0 returns immediately */
        timeoutSeconds?: number;
        /** @description Status to wait for, `deleted` for the end of a deletion, or `settled` for any status without an operation in progress */
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
      /** @description The instance in the requested status */
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
      /** @description The instance is deleted, as requested */
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
        /** @description Number of last lines */
        lines?: number;
        /** @description Streams new lines, like `Accept: text/event-stream`; without a value it means `true` */
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
      /** @description The lines, or a stream of them */
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
           *     data: the guest has exited
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
      /** @description The flavor is removed or retired */
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
        /** @description `nextPageToken` of the previous page */
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
        /** @description `nextPageToken` of the previous page */
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
        /** @description Maximum wait in seconds; 0 returns immediately */
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
