// Generated from openapi.json by `npm run generate`; do not edit.
export interface paths {
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Constant health response for gateways
     * @description Checks nothing; `/health/ready` does.
     */
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
    /**
     * Liveness of the process
     * @description Needs neither the database nor an engine: restart the process if it does not respond.
     */
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
    /**
     * Readiness: database, worker, engines and platform services
     * @description Responds 503 if this replica cannot serve requests. If only an engine or a platform service is down, the status is `degraded`.
     */
    get: operations['getReadiness'];
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
    /**
     * Metrics in Prometheus text format
     * @description The metrics of this replica, and the number of instances and operations in the database.
     */
    get: operations['getMetrics'];
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
  '/api/v1/compute/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Search the changes of all instances, newest first (operator)
     * @description Who changed what, when, and by which request, as long as events are kept: `EVENT_RETENTION_DAYS`. A page may have fewer events than `limit`, or none, and still a `nextPageToken`: `examinedTo` shows how far back it has looked.
     */
    get: operations['searchAudit'];
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
    /**
     * List the tenant's instances, newest first
     * @description A page also ends at 1 MiB. If there are more instances, `nextPageToken` and the `Link` header lead to the next page. With `allTenants` or `tenantId`, operators also list instances of other tenants.
     */
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
    /**
     * Get one instance
     * @description The `ETag` is its version, which a later change can require with `If-Match`. Only this response has `abilities` and `activity`.
     */
    get: operations['getInstance'];
    put?: never;
    post?: never;
    /**
     * Delete an instance
     * @description Cancels an operation in progress. A running instance is deleted only with `force=true` or `retain`, and one with `deletionProtection` never. An instance whose creation has not succeeded is not retained.
     */
    delete: operations['deleteInstance'];
    options?: never;
    head?: never;
    /**
     * Change name, metadata, deletion protection, autostart and restart policy
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
    /**
     * Start a stopped instance
     * @description Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.
     */
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
    /**
     * Stop a running or paused instance
     * @description Also cancels the restart that a stopped instance waits for. Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.
     */
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
    /**
     * Restart a stopped instance
     * @description Responds immediately with the instance in `restarting`. With `Prefer: wait=N`, responds when the restart has finished.
     */
    post: operations['restartInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause a running instance
     * @description Freezes the guest: it keeps its memory, ports, quota and capacity, and uses no CPU. Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.
     */
    post: operations['pauseInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Resume a paused instance
     * @description Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.
     */
    post: operations['resumeInstance'];
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
  '/api/v1/compute/instances/{id}/reboot': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Reboot a running instance
     * @description Ends the guest and starts it again, with the same disks and ports; `restart` starts an instance that is stopped. Waits for up to `POWER_WAIT_SECONDS`; if the operation takes longer, it continues.
     */
    post: operations['rebootInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/rebuild': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give an instance another image
     * @description Replaces the disk: everything on it is lost. Id, name, flavor, requested ports, networks and volumes stay. A running instance runs afterwards, a stopped one is stopped, and one in `error` runs. If the image cannot be used, nothing changes; if the engine fails later, the instance is in `error` and can be rebuilt again.
     */
    post: operations['rebuildInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/resize': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give an instance another flavor
     * @description A running instance keeps running if its engine can resize it; otherwise it must be stopped, or `allowRestart` be true. Quota and capacity count the larger of both sizes until the operation has ended. If it fails, the instance keeps its flavor.
     */
    post: operations['resizeInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/undelete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Bring a deleted instance back while it is retained
     * @description With its id, disks, networks, volumes and host ports. It is `stopped`, and then started if it ran when it was deleted. Waits for up to `POWER_WAIT_SECONDS`; if the start takes longer, it continues.
     */
    post: operations['undeleteInstance'];
    delete?: never;
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
     * Wait until an instance reaches a status or is ready
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
  '/api/v1/compute/instances/{id}/console-sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Open a console, a screen or a command in a running instance
     * @description Returns the URL of a WebSocket, whose ticket is valid for 30 seconds and one connection; connecting needs no other credentials. Consoles and screens are plain binary messages, as xterm.js and noVNC use them. Commands use the subprotocol `v1.exec.uim-compute`: the first byte of each message is its channel. A connection is refused with a problem document: `session_ticket_invalid`, `session_ticket_expired`, `session_ticket_used`, `origin_not_allowed`, `too_many_sessions`. The protocol, the close codes and the limits are in docs/sessions.md. Opening and closing are events of the instance.
     */
    post: operations['createConsoleSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/snapshots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the snapshots of an instance, newest first
     * @description Those of a deleted instance are in `GET /snapshots`.
     */
    get: operations['listSnapshotsOfInstance'];
    put?: never;
    /**
     * Take a snapshot of an instance
     * @description Of its disk and, with `includeMemory`, of its memory; not of its volumes. Responds immediately with the snapshot in `creating`, which becomes `available` or `error`. With `Prefer: wait=N`, responds when that status is reached. The instance keeps its status, and has one operation at a time.
     */
    post: operations['createSnapshot'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give an instance the disk of one of its snapshots
     * @description What was written to the disk since then is lost; volumes do not change. The instance is stopped, restored, and started again if it was running, paused or in `error`. With `resume`, the guest goes on from the memory in the snapshot; it runs afterwards.
     */
    post: operations['restoreInstance'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/snapshots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List snapshots, newest first
     * @description Those of the tenant, also of instances that are deleted.
     */
    get: operations['listSnapshots'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/snapshots/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get one snapshot
     * @description The `ETag` is its version, which a later change can require with `If-Match`.
     */
    get: operations['getSnapshot'];
    put?: never;
    post?: never;
    /**
     * Delete a snapshot
     * @description Instances that were restored or created from it are not affected. While its engine is unavailable, the deletion is repeated.
     */
    delete: operations['deleteSnapshot'];
    options?: never;
    head?: never;
    /**
     * Change name, metadata and expiry of a snapshot
     * @description A JSON merge patch: absent members keep their value, and null removes a metadata pair or the expiry.
     */
    patch: operations['updateSnapshot'];
    trace?: never;
  };
  '/api/v1/compute/instances/{id}/snapshot-schedule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the snapshot schedule of an instance
     * @description Also shows when it is due next, and why it began no snapshot when it was last due.
     */
    get: operations['getSnapshotSchedule'];
    /**
     * Take snapshots of an instance regularly
     * @description Replaces the schedule of the instance, if it has one. Its snapshots are taken as if by `POST /instances/{id}/snapshots`, without memory. When one is available, those that `keep` does not name are deleted; snapshots that were not taken by a schedule, never. A time that the clock skips when it is set forward is due at the end of the gap, and a time that it repeats is due once. If several times pass while the service is down, one snapshot is taken.
     */
    put: operations['setSnapshotSchedule'];
    post?: never;
    /**
     * Stop taking snapshots of an instance regularly
     * @description The snapshots that it took stay.
     */
    delete: operations['removeSnapshotSchedule'];
    options?: never;
    head?: never;
    patch?: never;
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
     * @description The image catalog of the operator, and the images that the tenant has published from its snapshots. Container engines also accept names of OCI images that are not in it.
     */
    get: operations['listImages'];
    put?: never;
    /**
     * Make an image of a snapshot
     * @description A name for the snapshot, which only this tenant sees and uses: `imageId` of new instances, on the engine and host that have the snapshot. Nothing is copied, and the snapshot cannot be deleted while the image exists.
     */
    post: operations['publishImage'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/warm-pools': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the warm pools (operator)
     * @description Ordered by name, with the numbers of their instances. `WARM_POOL_MAX` limits how many there can be.
     */
    get: operations['listWarmPools'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/warm-pools/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get a warm pool (operator)
     * @description Shows how many instances are ready, and why the last preparation failed.
     */
    get: operations['getWarmPool'];
    /**
     * Keep instances prepared (operator)
     * @description Creates or replaces the pool. Its instances run before anyone asks for them; a request for the same `flavor`, `imageId` and `type` that needs nothing else from the start of the guest gets one at once. They count against `WARM_POOL_MAX`, and against the quota of a tenant from the hand-over. Instances that do not match a changed pool are deleted.
     */
    put: operations['setWarmPool'];
    post?: never;
    /**
     * Delete a warm pool (operator)
     * @description Its prepared instances are deleted. Those that were handed over stay.
     */
    delete: operations['deleteWarmPool'];
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
    /**
     * List the flavors for new instances
     * @description Retired flavors are not listed.
     */
    get: operations['listFlavors'];
    put?: never;
    /**
     * Add a flavor (operator)
     * @description A name always means the same size, so the name of a removed flavor cannot be used again.
     */
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
    /**
     * Get one flavor, even a retired one
     * @description Instances keep their flavor when it is retired; new ones cannot use it.
     */
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
  '/api/v1/compute/images/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get one image
     * @description An image of the catalog, or one that the tenant has published.
     */
    get: operations['getImage'];
    put?: never;
    post?: never;
    /**
     * Delete an image that the tenant has published
     * @description Its snapshot stays, and can then be deleted. Instances created from the image are not affected.
     */
    delete: operations['deleteImage'];
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
    /**
     * List the tenant's operations, newest first
     * @description Finished operations are kept for `HISTORY_RETENTION_DAYS`.
     */
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
    /**
     * Get one operation
     * @description If it has failed or will be retried, `error` contains the cause.
     */
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
    /**
     * Get the tenant's limits and usage
     * @description A request beyond a limit is refused with `quota_exceeded`.
     */
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
    /**
     * Get the limits and usage of a tenant (operator)
     * @description A tenant without limits of its own has the configured defaults.
     */
    get: operations['getQuotaOf'];
    /**
     * Set the limits of a tenant, and how long its deleted instances are retained (operator)
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
  '/api/v1/compute/tenants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the tenants with their limits and usage (operator)
     * @description Tenants that ever had an instance or have limits of their own, ordered by ID.
     */
    get: operations['listTenants'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the tenant's webhooks, oldest first
     * @description All of them, without their secrets.
     */
    get: operations['listWebhooks'];
    put?: never;
    /**
     * Deliver the events of the tenant to a URL
     * @description Delivers events from now on, at least once and in order for each instance, signed by Standard Webhooks 1.0.0. Failed deliveries are repeated after growing delays for about three days; docs/webhooks.md has the details.
     */
    post: operations['createWebhook'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get one webhook
     * @description `pendingDeliveries` and `disabledReason` show whether its receiver works.
     */
    get: operations['getWebhook'];
    put?: never;
    post?: never;
    /**
     * Delete a webhook
     * @description Also deletes its deliveries. An attempt that has begun is not ended.
     */
    delete: operations['deleteWebhook'];
    options?: never;
    head?: never;
    /**
     * Change, disable or enable a webhook
     * @description Absent members stay as they are. While a webhook is disabled, its events wait. Enabling it repeats pending deliveries at once.
     */
    patch: operations['updateWebhook'];
    trace?: never;
  };
  '/api/v1/compute/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List the deliveries of a webhook, newest first
     * @description Succeeded and dead deliveries are kept for `WEBHOOK_RETENTION_DAYS`.
     */
    get: operations['listWebhookDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/webhooks/{id}/deliveries/{deliveryId}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Repeat a delivery
     * @description Makes it pending and due, with all attempts, whatever its status. Later events of the same instance that are not delivered yet wait for it.
     */
    post: operations['redeliverWebhookDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compute/caller': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get the caller, as authenticated by this request
     * @description The tenant is that of the header or of the token.
     */
    get: operations['getCaller'];
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
    /**
     * Reference page of all error codes
     * @description The `type` of every error links to its code on this page.
     */
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
    FieldError: {
      /** @example name */
      field: string;
      /** @example name must be text of 1 to 255 characters */
      message: string;
    };
    Problem: {
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
      errors?: components['schemas']['FieldError'][];
    };
    Health: {
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
    Liveness: {
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
    Check: {
      /**
       * @example up
       * @enum {string}
       */
      status: 'up' | 'down' | 'circuit_open' | 'disabled';
      /** @example postgres, schema 1 */
      detail?: string;
    };
    Readiness: {
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
        [key: string]: components['schemas']['Check'];
      };
    };
    InstanceEvent: {
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
      from: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted' | null;
      /**
       * @description Null if the instance was deleted
       * @example running
       * @enum {string|null}
       */
      to: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted' | null;
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
    InstanceEventList: {
      events: components['schemas']['InstanceEvent'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    AuditEvent: {
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
      from: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted' | null;
      /**
       * @description Null if the instance was deleted
       * @example running
       * @enum {string|null}
       */
      to: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted' | null;
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
      /** @example tenant-a */
      tenantId: string;
    };
    AuditPage: {
      events: components['schemas']['AuditEvent'][];
      /**
       * @description Time of the oldest event that was examined, in Unix seconds; null if all were. A page ends after 20000 events, however few of them match
       * @example 1767225600
       */
      examinedTo: number | null;
      /** @description Present unless all events were examined; pass it as `pageToken` */
      nextPageToken?: string;
    };
    PublishedPort: {
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
    GuestAddress: {
      /** @example 172.18.0.2 */
      address: string;
      /**
       * @example ipv4
       * @enum {string}
       */
      family: 'ipv4' | 'ipv6';
      /**
       * @description Name of the network at the engine
       * @example uim-tenant-a
       */
      network: string;
      /**
       * @description Null if the engine does not report it
       * @example 02:42:ac:12:00:02
       */
      mac: string | null;
    };
    GuestReadiness: {
      /**
       * @description `port`: something accepts connections at a published TCP port; `http`: a GET request to one is answered with a status from 200 to 399; `exec`: a command in the guest exits with 0; `serial`: the console has printed a text since the start
       * @example http
       * @enum {string}
       */
      kind: 'port' | 'http' | 'exec' | 'serial';
      /**
       * @description For `port` and `http`: one of the published TCP ports, as in the guest
       * @example 80
       */
      port?: number;
      /**
       * @description For `http`: path and query
       * @default /
       * @example /health
       */
      path?: string;
      /**
       * @description For `exec`: program and arguments, run without a shell
       * @example [
       *       "pg_isready"
       *     ]
       */
      command?: string[];
      /**
       * @description For `serial`
       * @example login:
       */
      text?: string;
      /**
       * @description After this time from the start of the guest, the service stops probing
       * @default 300
       */
      timeoutSeconds?: number;
    };
    RestartPolicy: {
      /**
       * @description `on-failure` starts the instance again if its guest exited with another code than 0, was killed or ran out of memory, or if its process at the engine ended
       * @example on-failure
       * @enum {string}
       */
      condition: 'never' | 'on-failure';
      /**
       * @description Restarts in a row, after which the instance stays stopped
       * @example 5
       */
      maxRestarts: number;
    };
    Instance: {
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
       * @description `deleted` only if it is retained
       * @example running
       * @enum {string}
       */
      status: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted';
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
      ports: components['schemas']['PublishedPort'][];
      /**
       * @description Addresses of the guest, as its engine reports them; empty if it does not run, or the engine does not know them
       * @example []
       */
      addresses: components['schemas']['GuestAddress'][];
      /**
       * @description Why the instance is in error or did not become ready, or what it waits for
       * @example null
       */
      statusReason: string | null;
      /**
       * @description How the service finds out whether the guest is ready; null if it is ready as soon as it runs
       * @example {
       *       "kind": "http",
       *       "port": 80,
       *       "path": "/health",
       *       "timeoutSeconds": 300
       *     }
       */
      readiness: components['schemas']['GuestReadiness'] | null;
      /**
       * @description Whether the guest was found ready since it was last started; null without `readiness`
       * @example true
       */
      ready: boolean | null;
      /**
       * @description Unix seconds; null if it is not ready
       * @example 1767225604
       */
      readyAt: number | null;
      /**
       * @description Whether deletion protection is enabled
       * @example false
       */
      deletionProtection: boolean;
      /**
       * @description Whether the service starts the instance again after its host was restarted
       * @example false
       */
      autostart: boolean;
      /** @description What the service does when the guest fails */
      restartPolicy: components['schemas']['RestartPolicy'];
      /**
       * @description Increases with every change; also the ETag
       * @example 2
       */
      version: number;
      /**
       * @description When it was deleted, Unix seconds; only of an instance that is retained
       * @example 1767225600
       */
      deletedAt?: number;
      /**
       * @description When the service deletes it for good, Unix seconds; null once that has begun; only of an instance that is retained
       * @example 1767312000
       */
      purgeAt?: number | null;
    };
    CreatedInstances: {
      instances: components['schemas']['Instance'][];
      /** @description Ids of the create operations, in the order of the instances */
      operationIds: string[];
    };
    GuestPort: {
      /** @example 80 */
      port: number;
      /**
       * @default tcp
       * @example tcp
       * @enum {string}
       */
      protocol?: 'tcp' | 'udp';
      /**
       * @description Port of the host to publish it at, from the range that the operator has set (`HOST_PORTS`). The instance has it until it is deleted, even while it is stopped. By default, the engine chooses a port, which can change when the instance starts
       * @example 30080
       */
      hostPort?: number;
    };
    Container: {
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
      ports?: components['schemas']['GuestPort'][];
    };
    Vm: {
      /** @description Ports of the guest to publish; `ports` of the instance shows their host addresses */
      ports?: components['schemas']['GuestPort'][];
    };
    CreatedRestartPolicy: {
      /**
       * @description `on-failure` starts the instance again if its guest exited with another code than 0, was killed or ran out of memory, or if its process at the engine ended
       * @example on-failure
       * @enum {string}
       */
      condition: 'never' | 'on-failure';
      /**
       * @description Restarts in a row, after which the instance stays stopped
       * @default 5
       * @example 5
       */
      maxRestarts?: number;
    };
    CreateNetwork: {
      /** @example web-network */
      name?: string;
      /** @example 10.0.1.0/24 */
      cidr: string;
      /** @default false */
      deleteOnTermination?: boolean;
    };
    CreateVolume: {
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
    CreateInstance: {
      /** @description Only for type container */
      container?: components['schemas']['Container'];
      /** @description Only for type vm */
      vm?: components['schemas']['Vm'];
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
       * @description An id from GET /images; one that the tenant has published creates the instance from its snapshot, like `sourceSnapshotId`. Or, for container engines, the name of an OCI image. Required unless the driver for `type` ignores images, as the simulated one does.
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
      /**
       * @description Starts the instance again after its host was restarted, if it was running
       * @default false
       */
      autostart?: boolean;
      /** @description What the service does when the guest fails; by default, nothing */
      restartPolicy?: components['schemas']['CreatedRestartPolicy'];
      /** @description Creates this number of instances, all or none, named `<name>-1`, `<name>-2` and so on; the response is a list */
      count?: number;
      /** @description How the service finds out whether the guest is ready; by default, it is ready as soon as it runs */
      readiness?: components['schemas']['GuestReadiness'];
      /**
       * Format: uuid
       * @description A snapshot to create the instance from, instead of an image; on its engine and host, with its `type` and a flavor whose disk is not smaller
       * @example 019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f
       */
      sourceSnapshotId?: string;
      /** @description Only with `sourceSnapshotId`: the guest goes on from the memory in the snapshot instead of booting. The flavor must have the same `vcpus` and `ramGB` */
      resume?: boolean;
      /** @example [] */
      networkIds?: string[];
      /** @example [] */
      volumeIds?: string[];
      /** @description Network to create for this instance */
      createNetwork?: components['schemas']['CreateNetwork'];
      /** @description Volume to create for this instance */
      createVolume?: components['schemas']['CreateVolume'];
    };
    TenantAmounts: {
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
      /** @example 3 */
      snapshots: number;
      /**
       * @description Disks of the instances of the snapshots, and the memory of those that contain it
       * @example 120
       */
      snapshotGB: number;
    };
    Amounts: {
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
    QuotaOutlook: {
      /** @description Limits of the tenant; -1 means no limit */
      limits: components['schemas']['TenantAmounts'];
      /** @description Current usage of the tenant */
      usage: components['schemas']['TenantAmounts'];
      /** @description Amounts that the request would add */
      requested: components['schemas']['Amounts'];
    };
    CapacityOutlook: {
      /**
       * @description How many more instances of the same flavor and type would fit after this one; null if there is no limit
       * @example 7
       */
      fits: number | null;
    };
    DryRunResult: {
      /** @description Only for creates */
      quota?: components['schemas']['QuotaOutlook'];
      /** @description Only for creates */
      capacity?: components['schemas']['CapacityOutlook'];
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
      action:
        | 'create'
        | 'start'
        | 'stop'
        | 'restart'
        | 'reboot'
        | 'pause'
        | 'resume'
        | 'delete'
        | 'retain'
        | 'undelete';
      /**
       * @description Status that the instance would reach
       * @example running
       * @enum {string}
       */
      becomes: 'running' | 'stopped' | 'paused' | 'deleted';
      /** @description The instance as it would be right after the request; its id is not reserved */
      instance?: components['schemas']['Instance'];
      /** @description With `count` */
      instances?: components['schemas']['Instance'][];
    };
    InstanceList: {
      instances: components['schemas']['Instance'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    Activity: {
      /**
       * Format: uuid
       * @example 019342d0-3f7a-7c11-9a57-0c5f2d1b8e10
       */
      operationId: string;
      /**
       * @example stop
       * @enum {string}
       */
      type:
        | 'create'
        | 'start'
        | 'stop'
        | 'restart'
        | 'reboot'
        | 'pause'
        | 'resume'
        | 'delete'
        | 'retain'
        | 'undelete'
        | 'attach'
        | 'detach'
        | 'resize'
        | 'rebuild'
        | 'snapshot'
        | 'restore'
        | 'delete_snapshot';
      /**
       * @example running
       * @enum {string}
       */
      status: 'pending' | 'running';
      /**
       * @description Progress reported by the engine; null if none was reported
       * @example null
       */
      progress: string | null;
      /**
       * @description When it was requested, Unix seconds
       * @example 1767225602
       */
      since: number;
    };
    InstanceDetails: {
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
       * @description `deleted` only if it is retained
       * @example running
       * @enum {string}
       */
      status: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted';
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
      ports: components['schemas']['PublishedPort'][];
      /**
       * @description Addresses of the guest, as its engine reports them; empty if it does not run, or the engine does not know them
       * @example []
       */
      addresses: components['schemas']['GuestAddress'][];
      /**
       * @description Why the instance is in error or did not become ready, or what it waits for
       * @example null
       */
      statusReason: string | null;
      /**
       * @description How the service finds out whether the guest is ready; null if it is ready as soon as it runs
       * @example {
       *       "kind": "http",
       *       "port": 80,
       *       "path": "/health",
       *       "timeoutSeconds": 300
       *     }
       */
      readiness: components['schemas']['GuestReadiness'] | null;
      /**
       * @description Whether the guest was found ready since it was last started; null without `readiness`
       * @example true
       */
      ready: boolean | null;
      /**
       * @description Unix seconds; null if it is not ready
       * @example 1767225604
       */
      readyAt: number | null;
      /**
       * @description Whether deletion protection is enabled
       * @example false
       */
      deletionProtection: boolean;
      /**
       * @description Whether the service starts the instance again after its host was restarted
       * @example false
       */
      autostart: boolean;
      /** @description What the service does when the guest fails */
      restartPolicy: components['schemas']['RestartPolicy'];
      /**
       * @description Increases with every change; also the ETag
       * @example 2
       */
      version: number;
      /**
       * @description When it was deleted, Unix seconds; only of an instance that is retained
       * @example 1767225600
       */
      deletedAt?: number;
      /**
       * @description When the service deletes it for good, Unix seconds; null once that has begun; only of an instance that is retained
       * @example 1767312000
       */
      purgeAt?: number | null;
      /**
       * @description What the engine can do with the instance; requests that need anything else are refused
       * @example [
       *       "consoleLog",
       *       "stats"
       *     ]
       */
      abilities: string[];
      /**
       * @description The operation in progress, such as a stop or a delete; null if there is none
       * @example {
       *       "operationId": "019342d0-3f7a-7c11-9a57-0c5f2d1b8e10",
       *       "type": "stop",
       *       "status": "running",
       *       "progress": null,
       *       "since": 1767225602
       *     }
       */
      activity: components['schemas']['Activity'] | null;
      /**
       * @description Whether a schedule takes snapshots of it: `GET /instances/{id}/snapshot-schedule`
       * @example false
       */
      hasSnapshotSchedule: boolean;
    };
    PatchedRestartPolicy: {
      /**
       * @description `on-failure` starts the instance again if its guest exited with another code than 0, was killed or ran out of memory, or if its process at the engine ended
       * @example on-failure
       * @enum {string}
       */
      condition?: 'never' | 'on-failure';
      /**
       * @description Restarts in a row, after which the instance stays stopped
       * @example 5
       */
      maxRestarts?: number;
    };
    UpdateInstance: {
      /** @example web-server-1 */
      name?: string;
      /**
       * @description Whether deletion protection is enabled
       * @example true
       */
      deletionProtection?: boolean;
      /**
       * @description Whether the service starts the instance again after its host was restarted
       * @example true
       */
      autostart?: boolean;
      /** @description What the service does when the guest fails; absent members stay */
      restartPolicy?: components['schemas']['PatchedRestartPolicy'];
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
    AttachNetwork: {
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
    AttachVolume: {
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
    Reboot: {
      /**
       * @description `soft` shuts the guest down, and ends it if that takes too long; `hard` ends it at once, like a power cut
       * @default soft
       * @enum {string}
       */
      type?: 'soft' | 'hard';
    };
    Rebuild: {
      /**
       * @description The new image, as when an instance is created; the present one gives the instance a fresh disk. One that the tenant has published must be on the host of the instance
       * @example debian-12
       */
      imageId: string;
      /**
       * @description New user data for cloud-init, only for type vm; never returned. By default, it stays as it is; `null` removes it
       * @example #cloud-config
       *     packages: [nginx]
       */
      userData?: string | null;
    };
    Resize: {
      /**
       * @description Name of the new flavor, see GET /flavors
       * @example large
       */
      flavor: string;
      /**
       * @description Whether a running instance may be stopped and started if the engine cannot resize it while it runs
       * @default false
       */
      allowRestart?: boolean;
    };
    Console: {
      /**
       * @description Oldest first. Lines longer than 8 KiB are cut; beyond 4 MiB in total, the oldest lines are omitted
       * @example [
       *       "Linux version 6.1.0",
       *       "Welcome"
       *     ]
       */
      lines: string[];
    };
    CpuUsage: {
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
    MemoryUsage: {
      /** @example 268435456 */
      usedBytes: number;
      /** @example 1073741824 */
      limitBytes: number;
    };
    DiskUsage: {
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
    NetworkUsage: {
      /** @example 1000000 */
      receivedBytes: number;
      /** @example 500000 */
      sentBytes: number;
    };
    Stats: {
      cpu: components['schemas']['CpuUsage'];
      /** @description Null if the engine does not report it */
      memory: components['schemas']['MemoryUsage'] | null;
      /** @description Null if the engine does not report it */
      disk: components['schemas']['DiskUsage'] | null;
      /** @description Null if the engine does not report it */
      network: components['schemas']['NetworkUsage'] | null;
      /**
       * @description Time of the measurement in Unix seconds
       * @example 1767225600
       */
      at: number;
    };
    CreateSession: {
      /**
       * @description The serial console, the screen (VNC), or a command inside the guest
       * @example exec
       * @enum {string}
       */
      kind: 'serial' | 'vnc' | 'exec';
      /**
       * @description Program and arguments, run without a shell. Required for kind exec, and only for it
       * @example [
       *       "sh",
       *       "-c",
       *       "uptime"
       *     ]
       */
      command?: string[];
      /**
       * @description Additional environment variables of the command; stored only until the client connects
       * @example {
       *       "TERM": "xterm"
       *     }
       */
      env?: {
        [key: string]: string;
      };
      /**
       * @description Whether the command gets a terminal; its output is then one stream
       * @default false
       * @example true
       */
      tty?: boolean;
      /**
       * @description Width of the terminal in characters
       * @default 80
       */
      width?: number;
      /**
       * @description Height of the terminal in characters
       * @default 24
       */
      height?: number;
    };
    Session: {
      /**
       * Format: uuid
       * @example 019342d0-4a11-7c11-9a57-0c5f2d1b8e10
       */
      id: string;
      /**
       * @example exec
       * @enum {string}
       */
      kind: 'serial' | 'vnc' | 'exec';
      /**
       * @description Unix seconds; the client must have connected by then
       * @example 1767225630
       */
      expiresAt: number;
      /**
       * @description WebSocket URL, which opens the session once. It contains a secret: do not store or log it. Starts with `PUBLIC_URL` or the host of the request
       * @example wss://compute.example.com/api/v1/compute/instances/019342d0-3f79-7d02-8b1a-77c3a0e5f2a4/console-sessions/019342d0-4a11-7c11-9a57-0c5f2d1b8e10/connect?ticket=Qf3…
       */
      url: string;
    };
    CreateSnapshot: {
      /** @example before-upgrade */
      name: string;
      /**
       * @example {
       *       "release": "42"
       *     }
       */
      metadata?: {
        [key: string]: string;
      };
      /**
       * @description Also stores the memory of the guest, which must be running or paused
       * @default false
       */
      includeMemory?: boolean;
      /**
       * @description The guest writes its data to the disk and stops writing while the snapshot is taken; without it, the disk is as after a power failure
       * @default false
       */
      quiesce?: boolean;
      /**
       * Format: date-time
       * @description When the snapshot is deleted, in the future (RFC 3339)
       * @example 2027-01-31T12:00:00Z
       */
      expiresAt?: string;
    };
    Snapshot: {
      /**
       * Format: uuid
       * @example 019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f
       */
      id: string;
      /** @example before-upgrade */
      name: string;
      /** @example tenant-a */
      tenantId: string;
      /**
       * Format: uuid
       * @description The instance that it was taken of, which may be deleted
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @example available
       * @enum {string}
       */
      status: 'creating' | 'available' | 'deleting' | 'error';
      /**
       * @description Why it is in `error`, or what it is waiting for
       * @example null
       */
      statusReason: string | null;
      /**
       * @description Type of the instance
       * @example vm
       * @enum {string}
       */
      type: 'vm' | 'container';
      /**
       * @description Flavor of the instance when the snapshot was taken
       * @example medium
       */
      flavor: string;
      /** @example 2 */
      vcpus: number;
      /** @example 4 */
      ramGB: number;
      /** @example 40 */
      diskGB: number;
      /** @example 0 */
      gpus: number;
      /**
       * @description Image of the instance when the snapshot was taken
       * @example ubuntu-22.04
       */
      imageId: string;
      /**
       * @description Whether it contains the memory of the guest
       * @example false
       */
      includeMemory: boolean;
      /**
       * @description Whether the guest wrote its data to the disk before
       * @example false
       */
      quiesce: boolean;
      /**
       * Format: int64
       * @description Space at the engine; null if it is unknown
       * @example 734003200
       */
      sizeBytes: number | null;
      /**
       * @description Volumes that were attached to the instance; their data is not in the snapshot
       * @example []
       */
      excludedVolumeIds: string[];
      /**
       * @example {
       *       "release": "42"
       *     }
       */
      metadata: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @description When it is deleted; null if never
       * @example 2027-01-31T12:00:00Z
       */
      expiresAt: string | null;
      /**
       * Format: date-time
       * @description When the schedule that took it was due; null if a request asked for it
       * @example null
       */
      scheduledFor: string | null;
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
       * @description Increases with every change; also the `ETag`
       * @example 2
       */
      version: number;
    };
    SnapshotDryRun: {
      /**
       * @description Nothing was changed
       * @example true
       * @enum {boolean}
       */
      dryRun: true;
      /**
       * @example snapshot
       * @enum {string}
       */
      action: 'snapshot' | 'delete_snapshot';
      /**
       * @description Status that the snapshot would reach
       * @example available
       * @enum {string}
       */
      becomes: 'available' | 'deleted';
      /** @description The snapshot as it would be right after the request; the id of a new one is not reserved */
      snapshot: components['schemas']['Snapshot'];
    };
    SnapshotList: {
      snapshots: components['schemas']['Snapshot'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    Restore: {
      /**
       * Format: uuid
       * @description A snapshot of this instance
       * @example 019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f
       */
      snapshotId: string;
      /**
       * @description The guest goes on from the memory in the snapshot instead of booting
       * @default false
       */
      resume?: boolean;
    };
    UpdateSnapshot: {
      /** @example before-upgrade-42 */
      name?: string;
      /**
       * @example {
       *       "release": null
       *     }
       */
      metadata?: {
        [key: string]: string | null;
      } | null;
      /**
       * Format: date-time
       * @description When the snapshot is deleted, in the future (RFC 3339); null if never
       * @example 2027-01-31T12:00:00Z
       */
      expiresAt?: string | null;
    };
    Keep: {
      /**
       * @description The newest snapshots
       * @default 0
       * @example 3
       */
      last?: number;
      /**
       * @description The newest snapshot of each of the last days that have one
       * @default 0
       * @example 7
       */
      daily?: number;
      /**
       * @description The newest snapshot of each of the last weeks that have one
       * @default 0
       * @example 4
       */
      weekly?: number;
    };
    SnapshotSchedule: {
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @description Cron expression: minute, hour, day, month, day of the week
       * @example 0 2 * * *
       */
      cron: string;
      /**
       * @description Time zone of the expression, from the IANA database
       * @example Europe/Berlin
       */
      timeZone: string;
      keep: components['schemas']['Keep'];
      /**
       * @description When it is due next, in Unix seconds
       * @example 1767229200
       */
      nextAt: number;
      /**
       * @description When it last began a snapshot, in Unix seconds; null if it never did
       * @example 1767142800
       */
      lastAt: number | null;
      /**
       * @description Why it began no snapshot when it was last due; null if it did
       * @example null
       */
      lastError: string | null;
      /**
       * @description Unix seconds
       * @example 1767139200
       */
      createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767139200
       */
      updatedAt: number;
    };
    SetSchedule: {
      /**
       * @description Cron expression: minute, hour, day, month, day of the week
       * @example 0 2 * * *
       */
      cron: string;
      /**
       * @description Time zone of the expression, from the IANA database
       * @default UTC
       * @example Europe/Berlin
       */
      timeZone?: string;
      /**
       * @description Which of its snapshots are kept; the others are deleted
       * @example {
       *       "last": 3,
       *       "daily": 7
       *     }
       */
      keep: components['schemas']['Keep'];
    };
    PublishImage: {
      /**
       * Format: uuid
       * @description An available snapshot of the tenant
       * @example 019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f
       */
      snapshotId: string;
      /**
       * @description Value for `imageId` of new instances
       * @example web-golden
       */
      id: string;
      /** @example Web server, hardened */
      name: string;
      /**
       * @default
       * @example Built on 2026-11-30
       */
      description?: string;
    };
    Minimal: {
      /** @example 1 */
      vcpus: number;
      /** @example 1 */
      ramGB: number;
      /** @example 10 */
      diskGB: number;
    };
    Image: {
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
      minimal: components['schemas']['Minimal'];
      /**
       * Format: uuid
       * @description The snapshot that it was published from; null for an image of the catalog
       * @example null
       */
      snapshotId: string | null;
    };
    WarmPool: {
      /** @example web */
      name: string;
      /** @example small */
      flavor: string;
      /** @example ubuntu-22.04 */
      imageId: string;
      /**
       * @example vm
       * @enum {string}
       */
      type: 'vm' | 'container';
      /**
       * @description Number of instances to keep prepared
       * @example 5
       */
      size: number;
      /**
       * @description Instances that wait to be handed over
       * @example 4
       */
      ready: number;
      /**
       * @description Instances that are being created
       * @example 1
       */
      preparing: number;
      /**
       * @description Why the last preparation failed; null if one has succeeded since. The next attempt follows after a delay that grows up to five minutes.
       * @example null
       */
      lastError: string | null;
      /**
       * @description Unix time in seconds
       * @example 1790000000
       */
      createdAt: number;
      /**
       * @description Of the last `PUT`, likewise
       * @example 1790000000
       */
      updatedAt: number;
    };
    WarmPoolList: {
      warmPools: components['schemas']['WarmPool'][];
    };
    SetWarmPool: {
      /**
       * @description Name of a flavor, see GET /flavors
       * @example small
       */
      flavor: string;
      /**
       * @description As in the requests that are to get the instances; an image that every tenant may use
       * @default
       * @example ubuntu-22.04
       */
      imageId?: string;
      /**
       * @default vm
       * @example vm
       * @enum {string}
       */
      type?: 'vm' | 'container';
      /**
       * @description Number of instances to keep prepared; `WARM_POOL_MAX` limits the sum of all pools
       * @example 5
       */
      size: number;
    };
    Flavor: {
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
    FlavorList: {
      flavors: components['schemas']['Flavor'][];
    };
    CreateFlavor: {
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
    UpdateFlavor: {
      /** @example Suitable for training */
      description: string;
    };
    ImageList: {
      images: components['schemas']['Image'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    Failure: {
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
    Operation: {
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
      type:
        | 'create'
        | 'start'
        | 'stop'
        | 'restart'
        | 'reboot'
        | 'pause'
        | 'resume'
        | 'delete'
        | 'retain'
        | 'undelete'
        | 'attach'
        | 'detach'
        | 'resize'
        | 'rebuild'
        | 'snapshot'
        | 'restore'
        | 'cleanup'
        | 'delete_snapshot';
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
      error: components['schemas']['Failure'] | null;
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
      /**
       * Format: uuid
       * @description The snapshot that it takes, uses or deletes; `instanceId` is then the instance of it
       * @example null
       */
      snapshotId: string | null;
    };
    OperationList: {
      operations: components['schemas']['Operation'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    Limits: {
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
      /** @example 3 */
      snapshots: number;
      /**
       * @description Disks of the instances of the snapshots, and the memory of those that contain it
       * @example 120
       */
      snapshotGB: number;
    };
    Quota: {
      /** @example tenant-a */
      tenantId: string;
      /** @description Limits of the tenant; -1 means no limit */
      limits: components['schemas']['Limits'];
      /** @description Current usage of the tenant */
      usage: components['schemas']['TenantAmounts'];
      /**
       * @description How long deleted instances are retained unless the delete says otherwise, as an ISO 8601 duration; null if they are not
       * @example null
       */
      retainDeleted: string | null;
    };
    SetQuota: {
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
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
       * @example 20
       */
      snapshots?: number | null;
      /**
       * @description -1 means no limit, null the configured default; absent members keep their value
       * @example 1000
       */
      snapshotGB?: number | null;
      /**
       * @description How long deleted instances are retained unless the delete says otherwise: an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most `RETAIN_MAX_DAYS`; null for not at all. An absent member keeps its value
       * @example P7D
       */
      retainDeleted?: string | null;
    };
    Fits: {
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
    FlavorShare: {
      /** @example medium */
      name: string;
      /**
       * @description Number of instances with this flavor
       * @example 3
       */
      instances: number;
      /** @description How many more instances of each type fit within the quota and the capacity of the engine, if nothing else is created. The types share the quota, and the capacity if they share an engine, so do not add them up. */
      fits: components['schemas']['Fits'];
    };
    Resources: {
      /** @example 12 */
      vcpus: number;
      /** @example 24 */
      ramGB: number;
      /** @example 240 */
      diskGB: number;
      /** @example 0 */
      gpus: number;
    };
    GpuModel: {
      /** @example nvidia-l40s */
      model: string;
      /** @example 4 */
      total: number;
      /**
       * @description GPUs of instances whose flavor requires this model
       * @example 2
       */
      allocated: number;
    };
    DriverCapacity: {
      /** @example simulated */
      name: string;
      /** @description Total capacity; -1 if unknown */
      total: components['schemas']['Resources'];
      allocated: components['schemas']['Amounts'];
      /** @description GPUs by model, if the engine reports models. Instances whose flavor requires no model may have any of them; they count only in `allocated.gpus` above. */
      gpuModels?: components['schemas']['GpuModel'][];
      /**
       * @description Whether the engine is reachable; unknown if only another replica reaches it. Unless it is up, the capacity is the last known one
       * @example up
       * @enum {string}
       */
      status: 'up' | 'down' | 'unknown';
      /**
       * @description Version of the engine, or why it is down or unknown
       * @example simulated
       */
      detail: string;
    };
    Capacity: {
      /**
       * @description The tenant; null for all tenants, as operators see it
       * @example tenant-a
       */
      tenantId: string | null;
      allocated: components['schemas']['Amounts'];
      flavors: components['schemas']['FlavorShare'][];
      /** @description Drivers with known capacity; only for operators */
      drivers?: components['schemas']['DriverCapacity'][];
    };
    TenantList: {
      tenants: components['schemas']['Quota'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    Webhook: {
      /**
       * Format: uuid
       * @example 019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11
       */
      id: string;
      /**
       * Format: uri
       * @example https://hooks.example.com/compute
       */
      url: string;
      /**
       * @description Types of the events to deliver: names such as `create.succeeded`, `create.*` for all that begin so, or `*` for all
       * @example [
       *       "create.*",
       *       "delete.succeeded"
       *     ]
       */
      types: string[];
      /** @description If false, events wait until it is true */
      enabled: boolean;
      /**
       * @description Why the service disabled it; null otherwise
       * @example null
       */
      disabledReason: string | null;
      /**
       * @description Deliveries that have not succeeded yet
       * @example 0
       */
      pendingDeliveries: number;
      /**
       * @description True if so many deliveries are pending that later events wait; none is lost while events are kept
       * @example false
       */
      lagging: boolean;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      updatedAt: number;
    };
    WebhookList: {
      webhooks: components['schemas']['Webhook'][];
    };
    CreateWebhook: {
      /**
       * Format: uri
       * @example https://hooks.example.com/compute
       */
      url: string;
      /**
       * @description Types of the events to deliver: names such as `create.succeeded`, `create.*` for all that begin so, or `*` for all
       * @example [
       *       "create.*",
       *       "delete.succeeded"
       *     ]
       */
      types: string[];
      /**
       * @description `whsec_` and 24 to 64 bytes in base64; generated if absent
       * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
       */
      secret?: string;
    };
    CreatedWebhook: {
      /**
       * Format: uuid
       * @example 019342d0-3f7c-7b20-a7c1-5d0f2e8b9a11
       */
      id: string;
      /**
       * Format: uri
       * @example https://hooks.example.com/compute
       */
      url: string;
      /**
       * @description Types of the events to deliver: names such as `create.succeeded`, `create.*` for all that begin so, or `*` for all
       * @example [
       *       "create.*",
       *       "delete.succeeded"
       *     ]
       */
      types: string[];
      /** @description If false, events wait until it is true */
      enabled: boolean;
      /**
       * @description Why the service disabled it; null otherwise
       * @example null
       */
      disabledReason: string | null;
      /**
       * @description Deliveries that have not succeeded yet
       * @example 0
       */
      pendingDeliveries: number;
      /**
       * @description True if so many deliveries are pending that later events wait; none is lost while events are kept
       * @example false
       */
      lagging: boolean;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      updatedAt: number;
      /**
       * @description Verifies the signatures of the deliveries. No other response has it
       * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
       */
      secret: string;
    };
    UpdateWebhook: {
      /**
       * Format: uri
       * @example https://hooks.example.com/compute
       */
      url?: string;
      /**
       * @description Types of the events to deliver: names such as `create.succeeded`, `create.*` for all that begin so, or `*` for all
       * @example [
       *       "create.*",
       *       "delete.succeeded"
       *     ]
       */
      types?: string[];
      /** @description True also makes its pending deliveries due */
      enabled?: boolean;
      /**
       * @description `whsec_` and 24 to 64 bytes in base64; signs all later attempts
       * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
       */
      secret?: string;
    };
    WebhookDelivery: {
      /**
       * Format: uuid
       * @description The `webhook-id` of all its attempts
       * @example 6a1f0c52-8d3e-4b7a-9c44-0f6d2b1e7a90
       */
      id: string;
      /** @example create.succeeded */
      type: string;
      /**
       * Format: uuid
       * @example 019342d0-3f79-7d02-8b1a-77c3a0e5f2a4
       */
      instanceId: string;
      /**
       * @description Dead if all attempts failed
       * @example dead
       * @enum {string}
       */
      status: 'pending' | 'succeeded' | 'dead';
      /**
       * @description Attempts since it was queued or redelivered
       * @example 10
       */
      attempts: number;
      /**
       * @description HTTP status of the last attempt; null without a response
       * @example 503
       */
      responseStatus: number | null;
      /**
       * @description Why the last attempt failed
       * @example the response has status 503
       */
      error: string | null;
      /**
       * @description Unix seconds
       * @example 1767225600
       */
      createdAt: number;
      /**
       * @description Unix seconds
       * @example 1767225602
       */
      attemptedAt: number | null;
      /**
       * @description Unix seconds; null unless it is pending
       * @example null
       */
      nextAttemptAt: number | null;
    };
    WebhookDeliveryList: {
      deliveries: components['schemas']['WebhookDelivery'][];
      /** @description Present if there are more results; pass it as `pageToken` */
      nextPageToken?: string;
    };
    Caller: {
      /**
       * @description The tenant that the request acts for
       * @example tenant-a
       */
      tenantId: string;
      /**
       * @description The caller as the history of instances names it: `tenant:<id>`, `operator`, or `user:<subject>` of a token
       * @example tenant:tenant-a
       */
      actor: string;
      /**
       * @description Whether the caller may use the routes for operators
       * @example false
       */
      isOperator: boolean;
    };
    Orphan: {
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
    OrphanList: {
      /** @description Oldest first, at most 1000 */
      orphans: components['schemas']['Orphan'][];
    };
  };
  responses: {
    /** @description [access_denied](/api/errors#access_denied "The resource exists and belongs to another tenant."), [quota_exceeded](/api/errors#quota_exceeded "The request would exceed the tenant's quota; see resource, limit, used and requested."), [tenant_claim_invalid](/api/errors#tenant_claim_invalid "The token is valid, but its tenant claim is missing or invalid."), [tenant_mismatch](/api/errors#tenant_mismatch "The tenant header differs from the tenant in the token.") */
    AccessDeniedOrQuotaExceededOrTenantClaimInvalidOrTenantMismatch: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [access_denied](/api/errors#access_denied "The resource exists and belongs to another tenant."), [tenant_claim_invalid](/api/errors#tenant_claim_invalid "The token is valid, but its tenant claim is missing or invalid."), [tenant_mismatch](/api/errors#tenant_mismatch "The tenant header differs from the tenant in the token.") */
    AccessDeniedOrTenantClaimInvalidOrTenantMismatch: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [body_too_large](/api/errors#body_too_large "The body is larger than BODY_LIMIT_BYTES.") */
    BodyTooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer.") */
    DatabaseUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [engine_failed](/api/errors#engine_failed "The engine failed to carry out the operation; detail contains its message."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified.") */
    DatabaseUnavailableOrEngineFailedOrJwksUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified.") */
    DatabaseUnavailableOrJwksUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [network_unavailable](/api/errors#network_unavailable "The Network service is unreachable, too slow, or returns invalid responses.") */
    DatabaseUnavailableOrJwksUnavailableOrNetworkUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [network_unavailable](/api/errors#network_unavailable "The Network service is unreachable, too slow, or returns invalid responses."), [storage_unavailable](/api/errors#storage_unavailable "The Storage service is unreachable, too slow, or returns invalid responses.") */
    DatabaseUnavailableOrJwksUnavailableOrNetworkUnavailableOrStorageUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [shutting_down](/api/errors#shutting_down "The replica that held the request is shutting down."), [too_many_streams](/api/errors#too_many_streams "The tenant, or this replica, has reached its limit of open streams.") */
    DatabaseUnavailableOrJwksUnavailableOrShuttingDownOrTooManyStreams: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [shutting_down](/api/errors#shutting_down "The replica that held the request is shutting down."), [too_many_waits](/api/errors#too_many_waits "This replica has reached its limit of waiting requests, for this tenant or in total.") */
    DatabaseUnavailableOrJwksUnavailableOrShuttingDownOrTooManyWaits: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [storage_unavailable](/api/errors#storage_unavailable "The Storage service is unreachable, too slow, or returns invalid responses.") */
    DatabaseUnavailableOrJwksUnavailableOrStorageUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [too_many_lists](/api/errors#too_many_lists "A replica reads only a few list pages at once, and tenants take turns.") */
    DatabaseUnavailableOrJwksUnavailableOrTooManyLists: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [too_many_lists](/api/errors#too_many_lists "A replica reads only a few list pages at once, and tenants take turns."), [too_many_unread_answers](/api/errors#too_many_unread_answers "This replica has reached its limit of response bytes that clients have not read, for this tenant or in total.") */
    DatabaseUnavailableOrJwksUnavailableOrTooManyListsOrTooManyUnreadAnswers: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [deletion_protected](/api/errors#deletion_protected "Deletion protection is enabled for this instance."), [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown.") */
    DeletionProtectedOrIdempotencyKeyInUse: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    DryRunUnsupportedOrIdempotencyKeyUnsupportedOrMalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    DryRunUnsupportedOrMalformedEncodingOrMalformedJsonOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [engine_refused](/api/errors#engine_refused "The engine is reachable but cannot provide this data; detail contains its message.") */
    EngineRefused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [event_streams_disabled](/api/errors#event_streams_disabled "Event streams are disabled (EVENT_STREAMS=off), for example because the gateway cannot forward them."), [invalid_event_id](/api/errors#invalid_event_id "The id was not issued by this service, or comes from another database."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    EventStreamsDisabledOrInvalidEventIdOrInvalidTenantOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [flavor_exists](/api/errors#flavor_exists "A flavor with this name exists or existed.") */
    FlavorExists: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [flavor_not_found](/api/errors#flavor_not_found "No flavor has this name.") */
    FlavorNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [gateway_token_required](/api/errors#gateway_token_required "The service accepts requests from its gateway only."), [tenant_required](/api/errors#tenant_required "The request names no tenant, and this deployment has no default tenant (TENANT_REQUIRED)."), [token_invalid](/api/errors#token_invalid "The signature, issuer, audience or validity period of the token is wrong; detail names which."), [token_required](/api/errors#token_required "The request has no bearer token.") */
    GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [gateway_token_required](/api/errors#gateway_token_required "The service accepts requests from its gateway only."), [token_invalid](/api/errors#token_invalid "The signature, issuer, audience or validity period of the token is wrong; detail names which."), [token_required](/api/errors#token_required "The request has no bearer token.") */
    GatewayTokenRequiredOrTokenInvalidOrTokenRequired: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown.") */
    IdempotencyKeyInUse: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [instance_not_deleted](/api/errors#instance_not_deleted "Only a deleted instance that is retained can be restored."), [operation_superseded](/api/errors#operation_superseded "A delete cancelled the operation that this request had started.") */
    IdempotencyKeyInUseOrInstanceBusyOrInstanceNotDeletedOrOperationSuperseded: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [operation_superseded](/api/errors#operation_superseded "A delete cancelled the operation that this request had started.") */
    IdempotencyKeyInUseOrInstanceBusyOrNotSupportedByEngineOrOperationSuperseded: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [operation_superseded](/api/errors#operation_superseded "A delete cancelled the operation that this request had started.") */
    IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [snapshot_contended](/api/errors#snapshot_contended "Other requests kept changing or using the snapshot while this one was processed."), [snapshot_in_use](/api/errors#snapshot_in_use "The snapshot is being taken, or an instance is being restored or created from it; operationId identifies the operation."), [snapshot_published](/api/errors#snapshot_published "An image refers to the snapshot; imageId identifies one.") */
    IdempotencyKeyInUseOrSnapshotContendedOrSnapshotInUseOrSnapshotPublished: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [idempotency_key_reused](/api/errors#idempotency_key_reused "A key identifies one request; the method, path, query or body of this one differs from the first.") */
    IdempotencyKeyReused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [image_exists](/api/errors#image_exists "The catalog or the tenant has an image with this id."), [snapshot_contended](/api/errors#snapshot_contended "Other requests kept changing or using the snapshot while this one was processed."), [snapshot_not_available](/api/errors#snapshot_not_available "Instances are restored and created only from available snapshots; see currentStatus."), [too_many_images](/api/errors#too_many_images "The tenant has as many images as IMAGES_PER_TENANT allows.") */
    ImageExistsOrSnapshotContendedOrSnapshotNotAvailableOrTooManyImages: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [image_in_catalog](/api/errors#image_in_catalog "The image is not one of the tenant but in the catalog, which operators change.") */
    ImageInCatalog: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_deleted](/api/errors#instance_deleted "The instance was deleted while the request waited for another status."), [instance_failed](/api/errors#instance_failed "The instance is in error, so it will not reach the requested status; statusReason contains the cause."), [instance_not_ready](/api/errors#instance_not_ready "The instance runs, but its guest did not become ready in the time of its readiness; detail has the reason.") */
    InstanceDeletedOrInstanceFailedOrInstanceNotReady: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_found](/api/errors#instance_not_found "No instance has this id, or it has been deleted.") */
    InstanceNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_found](/api/errors#instance_not_found "No instance has this id, or it has been deleted."), [schedule_not_found](/api/errors#schedule_not_found "No snapshots of this instance are taken by a schedule.") */
    InstanceNotFoundOrScheduleNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_found](/api/errors#instance_not_found "No instance has this id, or it has been deleted."), [snapshot_not_found](/api/errors#snapshot_not_found "The tenant has no snapshot with this id, or it is a snapshot of another instance.") */
    InstanceNotFoundOrSnapshotNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_paused](/api/errors#instance_not_paused "Only a paused instance can be resumed; currentStatus is its current status."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InstanceNotPausedOrInvalidTenantOrMalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_running](/api/errors#instance_not_running "Only a running instance can be paused, and only a running or paused one stopped or measured; currentStatus is its current status."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [stats_unsupported](/api/errors#stats_unsupported "The instance's driver does not measure resource usage.") */
    InstanceNotRunningOrInvalidTenantOrMalformedUrlOrStatsUnsupported: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_running](/api/errors#instance_not_running "Only a running instance can be paused, and only a running or paused one stopped or measured; currentStatus is its current status."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InstanceNotRunningOrInvalidTenantOrMalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [instance_not_stopped](/api/errors#instance_not_stopped "Only a stopped instance can be started or restarted; currentStatus is its current status."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InstanceNotStoppedOrInvalidTenantOrMalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [invalid_page_token](/api/errors#invalid_page_token "The page token was not issued by this service, or is truncated."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InvalidPageTokenOrInvalidTenantOrMalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [invalid_page_token](/api/errors#invalid_page_token "The page token was not issued by this service, or is truncated."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InvalidPageTokenOrInvalidTenantOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [invalid_page_token](/api/errors#invalid_page_token "The page token was not issued by this service, or is truncated."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InvalidPageTokenOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice.") */
    InvalidTenant: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#).") */
    InvalidTenantOrMalformedUrl: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    InvalidTenantOrMalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified.") */
    JwksUnavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [malformed_request](/api/errors#malformed_request "The received bytes are not an HTTP/1.1 request, or the request has no Host header.") */
    MalformedRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#).") */
    MalformedUrl: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    MalformedUrlOrValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [not_ready](/api/errors#not_ready "This replica cannot serve requests; checks contains the cause.") */
    NotReady: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images.") */
    NotSupportedByEngine: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [warm_pool_limit_exceeded](/api/errors#warm_pool_limit_exceeded "The sizes of all warm pools together would exceed WARM_POOL_MAX; limit is its value, and used the sum of the other pools.") */
    NotSupportedByEngineOrWarmPoolLimitExceeded: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [operation_not_found](/api/errors#operation_not_found "No operation has this id, or it finished more than HISTORY_RETENTION_DAYS days ago.") */
    OperationNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [operator_required](/api/errors#operator_required "Only operators can use this route or parameter; tenants can read their own quota, and flavors.") */
    OperatorRequired: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [operator_required](/api/errors#operator_required "Only operators can use this route or parameter; tenants can read their own quota, and flavors."), [tenant_claim_invalid](/api/errors#tenant_claim_invalid "The token is valid, but its tenant claim is missing or invalid."), [tenant_mismatch](/api/errors#tenant_mismatch "The tenant header differs from the tenant in the token.") */
    OperatorRequiredOrTenantClaimInvalidOrTenantMismatch: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [precondition_unsupported](/api/errors#precondition_unsupported "The request has a precondition that this route cannot check.") */
    PreconditionUnsupported: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [rate_limited](/api/errors#rate_limited "The tenant has reached its request limit; RateLimit-Reset and Retry-After contain the seconds until it is renewed.") */
    RateLimited: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [rate_limited](/api/errors#rate_limited "The tenant has reached its request limit; RateLimit-Reset and Retry-After contain the seconds until it is renewed."), [too_many_idempotency_keys](/api/errors#too_many_idempotency_keys "The response to each request with a key is stored for IDEMPOTENCY_KEY_HOURS, and the tenant has reached its limit of stored responses.") */
    RateLimitedOrTooManyIdempotencyKeys: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [rate_limited](/api/errors#rate_limited "The tenant has reached its request limit; RateLimit-Reset and Retry-After contain the seconds until it is renewed."), [too_many_idempotency_keys](/api/errors#too_many_idempotency_keys "The response to each request with a key is stored for IDEMPOTENCY_KEY_HOURS, and the tenant has reached its limit of stored responses."), [too_many_pending_operations](/api/errors#too_many_pending_operations "The tenant has too many pending and running operations to create more instances.") */
    RateLimitedOrTooManyIdempotencyKeysOrTooManyPendingOperations: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [request_timeout](/api/errors#request_timeout "The headers and the body did not arrive within REQUEST_TIMEOUT_SECONDS, or no data of the body arrived for BODY_TIMEOUT_SECONDS.") */
    RequestTimeout: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [snapshot_not_found](/api/errors#snapshot_not_found "The tenant has no snapshot with this id, or it is a snapshot of another instance.") */
    SnapshotNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [tenant_claim_invalid](/api/errors#tenant_claim_invalid "The token is valid, but its tenant claim is missing or invalid."), [tenant_mismatch](/api/errors#tenant_mismatch "The tenant header differs from the tenant in the token.") */
    TenantClaimInvalidOrTenantMismatch: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [too_many_idempotency_keys](/api/errors#too_many_idempotency_keys "The response to each request with a key is stored for IDEMPOTENCY_KEY_HOURS, and the tenant has reached its limit of stored responses.") */
    TooManyIdempotencyKeys: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [too_many_webhooks](/api/errors#too_many_webhooks "The tenant has as many webhooks as WEBHOOKS_PER_TENANT allows.") */
    TooManyWebhooks: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [unknown_image](/api/errors#unknown_image "Neither the catalog nor the tenant has an image with this id, or the tenant may not use it.") */
    UnknownImage: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [unsupported_media_type](/api/errors#unsupported_media_type "The Content-Type of the body is not JSON, or its charset or encoding is not supported.") */
    UnsupportedMediaType: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
    ValidationFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [version_mismatch](/api/errors#version_mismatch "The instance has version version, which does not match If-Match, or is excluded by If-None-Match.") */
    VersionMismatch: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [wait_timeout](/api/errors#wait_timeout "The instance or operation did not reach the requested status within timeoutSeconds; currentStatus is its current status.") */
    WaitTimeout: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [warm_pool_not_found](/api/errors#warm_pool_not_found "No warm pool has this name.") */
    WarmPoolNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [webhook_delivery_not_found](/api/errors#webhook_delivery_not_found "The webhook has no delivery with this id."), [webhook_not_found](/api/errors#webhook_not_found "The tenant has no webhook with this id.") */
    WebhookDeliveryNotFoundOrWebhookNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description [webhook_not_found](/api/errors#webhook_not_found "The tenant has no webhook with this id.") */
    WebhookNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
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
          'application/json': components['schemas']['Health'];
        };
      };
      400: components['responses']['MalformedRequest'];
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
          'application/json': components['schemas']['Liveness'];
        };
      };
      400: components['responses']['MalformedRequest'];
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
          'application/json': components['schemas']['Readiness'];
        };
      };
      400: components['responses']['MalformedRequest'];
      503: components['responses']['NotReady'];
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
      400: components['responses']['MalformedRequest'];
    };
  };
  listInstanceEvents: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
      };
      header?: never;
      path: {
        /** @description Id of the instance */
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
          'application/json': components['schemas']['InstanceEventList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyLists'];
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
      400: components['responses']['EventStreamsDisabledOrInvalidEventIdOrInvalidTenantOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrShuttingDownOrTooManyStreams'];
    };
  };
  searchAudit: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        /** @description Tenant whose instances were changed */
        tenantId?: string;
        /** @description Id of the changed instance, which may be deleted */
        instanceId?: string;
        /** @description Who requested the change */
        actor?: string;
        /** @description Id of the request */
        requestId?: string;
        /** @description Type of the event */
        type?: string;
        /** @description Not before, in Unix seconds */
        since?: number;
        /** @description Not after, in Unix seconds */
        until?: number;
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
          'application/json': components['schemas']['AuditPage'];
        };
      };
      400: components['responses']['InvalidPageTokenOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyLists'];
    };
  };
  listInstances: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        /** @description Status of the instances */
        status?: 'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error';
        /** @description Type of the instances */
        type?: 'vm' | 'container';
        /** @description Name of a flavor */
        flavor?: string;
        /** @description Exact name */
        name?: string;
        /** @description Start (from 8 characters) or end (from 4) of the id. Ids start with the time of creation, so their ends differ more */
        id?: string;
        /** @description The deleted instances that are retained, instead of the others */
        deleted?: boolean;
        /** @description Operators: the instances of all tenants. Excludes `tenantId` */
        allTenants?: boolean;
        /** @description Operators: the instances of this tenant */
        tenantId?: string;
        /** @description Required metadata pairs, each as `metadata[<key>]=<value>` or `metadata.<key>=<value>` */
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
          'application/json': components['schemas']['InstanceList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrInvalidTenantOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequiredOrTenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyListsOrTooManyUnreadAnswers'];
    };
  };
  createInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        'application/json': components['schemas']['CreateInstance'];
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
          'application/json': components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'] | components['schemas']['CreatedInstances'];
        };
      };
      /** @description [flavor_too_small](/api/errors#flavor_too_small "The image needs more than the flavor offers; minimal contains the minimum."), [flavor_too_small_for_snapshot](/api/errors#flavor_too_small_for_snapshot "The disk of the flavor is smaller than that of the snapshot; minimal has the minimum."), [host_port_out_of_range](/api/errors#host_port_out_of_range "Instances can request host ports from first to last only."), [host_ports_disabled](/api/errors#host_ports_disabled "This deployment has no host ports that instances can request."), [image_not_found](/api/errors#image_not_found "No image has this id, the tenant may not use it, or the engine for this type cannot run it."), [image_required](/api/errors#image_required "The request has no imageId, and the engine for this type cannot create an instance without an image."), [integration_disabled](/api/errors#integration_disabled "The platform service that provides this resource is not configured in this deployment."), [invalid_flavor](/api/errors#invalid_flavor "No flavor has this name."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [network_not_active](/api/errors#network_not_active "The network exists but is not active."), [network_not_found](/api/errors#network_not_found "The Network service has no network with this id."), [network_refused](/api/errors#network_refused "The Network service refused the request; detail contains its reason."), [storage_refused](/api/errors#storage_refused "The Storage service refused the request; detail contains its reason."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route."), [volume_not_available](/api/errors#volume_not_available "The volume is attached to another instance, or its status does not allow attaching."), [volume_not_found](/api/errors#volume_not_found "The Storage service has no volume with this id.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrQuotaExceededOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['SnapshotNotFound'];
      408: components['responses']['RequestTimeout'];
      /** @description [host_port_taken](/api/errors#host_port_taken "Another instance on the same host has this port, even while it is stopped."), [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [insufficient_capacity](/api/errors#insufficient_capacity "The engine has no capacity for this flavor at the moment; see resource, limit, used, free and requested."), [memory_size_differs](/api/errors#memory_size_differs "A guest can go on from memory (resume) only with the virtual CPUs and the memory that it had; required has them."), [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [snapshot_not_available](/api/errors#snapshot_not_available "Instances are restored and created only from available snapshots; see currentStatus."), [snapshot_without_memory](/api/errors#snapshot_without_memory "A guest can go on from memory (resume) only with a snapshot that was taken with includeMemory.") */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeysOrTooManyPendingOperations'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrNetworkUnavailableOrStorageUnavailable'];
    };
  };
  getInstance: {
    parameters: {
      query?: {
        /** @description Also shows a deleted instance that is retained */
        deleted?: boolean;
      };
      header?: {
        /** @description Entity tags; responds 304 if the instance still has one of them and no operation is in progress */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Id of the instance */
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
          'application/json': components['schemas']['InstanceDetails'];
        };
      };
      /** @description The instance still has that version */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['InvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  deleteInstance: {
    parameters: {
      query?: {
        /** @description Also deletes a running instance, and does not wait for platform services */
        force?: boolean;
        /** @description Retains the instance for this long: it is powered off and hidden, and `undelete` brings it back. An ISO 8601 duration of weeks, days, hours, minutes and seconds, such as `PT24H`; `PT0S` deletes at once, also what is retained. By default `retainDeleted` of the tenant, see `GET /quotas` */
        retain?: string;
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
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
          'application/json': components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description The instance is deleted, or retained; after a forced deletion, `Operation-Location` names the remaining cleanup */
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
      /** @description [instance_running](/api/errors#instance_running "A running or paused instance is not deleted unless the request forces it."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [retention_too_long](/api/errors#retention_too_long "The request retains deleted instances for longer than the setting RETAIN_MAX_DAYS allows; maxDays is its value."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['DeletionProtectedOrIdempotencyKeyInUse'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateInstance'];
        'application/merge-patch+json': components['schemas']['UpdateInstance'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUse'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  startInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      400: components['responses']['InstanceNotStoppedOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  stopInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      400: components['responses']['InstanceNotRunningOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  restartInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
        };
      };
      400: components['responses']['InstanceNotStoppedOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  pauseInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, paused, or the result of a dry run */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      400: components['responses']['InstanceNotRunningOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrNotSupportedByEngineOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  resumeInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      400: components['responses']['InstanceNotPausedOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrNotSupportedByEngineOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AttachNetwork'];
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
          'application/json': components['schemas']['Instance'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [integration_disabled](/api/errors#integration_disabled "The platform service that provides this resource is not configured in this deployment."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [network_not_active](/api/errors#network_not_active "The network exists but is not active."), [network_not_found](/api/errors#network_not_found "The Network service has no network with this id."), [network_refused](/api/errors#network_refused "The Network service refused the request; detail contains its reason."), [too_many_attachments](/api/errors#too_many_attachments "The instance has the maximum number of networks or volumes, limit."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrNetworkUnavailable'];
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AttachVolume'];
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
          'application/json': components['schemas']['Instance'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [integration_disabled](/api/errors#integration_disabled "The platform service that provides this resource is not configured in this deployment."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [storage_refused](/api/errors#storage_refused "The Storage service refused the request; detail contains its reason."), [too_many_attachments](/api/errors#too_many_attachments "The instance has the maximum number of networks or volumes, limit."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route."), [volume_not_available](/api/errors#volume_not_available "The volume is attached to another instance, or its status does not allow attaching."), [volume_not_found](/api/errors#volume_not_found "The Storage service has no volume with this id.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrStorageUnavailable'];
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
        /** @description Id of the instance */
        id: string;
        /** @description Id of the network */
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
          'application/json': components['schemas']['Instance'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [network_refused](/api/errors#network_refused "The Network service refused the request; detail contains its reason."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrNetworkUnavailable'];
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
        /** @description Id of the instance */
        id: string;
        /** @description Id of the volume */
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
          'application/json': components['schemas']['Instance'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [storage_refused](/api/errors#storage_refused "The Storage service refused the request; detail contains its reason."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrStorageUnavailable'];
    };
  };
  rebootInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['Reboot'];
      };
    };
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [instance_not_running](/api/errors#instance_not_running "Only a running instance can be paused, and only a running or paused one stopped or measured; currentStatus is its current status."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrNotSupportedByEngineOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  rebuildInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Rebuild'];
      };
    };
    responses: {
      /** @description The instance with its new image, or the result of a dry run */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [flavor_too_small](/api/errors#flavor_too_small "The image needs more than the flavor offers; minimal contains the minimum."), [flavor_too_small_for_snapshot](/api/errors#flavor_too_small_for_snapshot "The disk of the flavor is smaller than that of the snapshot; minimal has the minimum."), [image_not_found](/api/errors#image_not_found "No image has this id, the tenant may not use it, or the engine for this type cannot run it."), [image_required](/api/errors#image_required "The request has no imageId, and the engine for this type cannot create an instance without an image."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [image_not_for_instance](/api/errors#image_not_for_instance "The image is a snapshot of the tenant."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [instance_never_created](/api/errors#instance_never_created "The instance is in error because its creation has failed."), [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [operation_superseded](/api/errors#operation_superseded "A delete cancelled the operation that this request had started.") */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  resizeInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Resize'];
      };
    };
    responses: {
      /** @description The instance with its new flavor, or the result of a dry run */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [disk_cannot_shrink](/api/errors#disk_cannot_shrink "The flavor has a smaller disk than the instance."), [flavor_too_small](/api/errors#flavor_too_small "The image needs more than the flavor offers; minimal contains the minimum."), [gpus_cannot_change](/api/errors#gpus_cannot_change "The flavor has other GPUs than the instance."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [invalid_flavor](/api/errors#invalid_flavor "No flavor has this name."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrQuotaExceededOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [insufficient_capacity](/api/errors#insufficient_capacity "The engine has no capacity for this flavor at the moment; see resource, limit, used, free and requested."), [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [operation_superseded](/api/errors#operation_superseded "A delete cancelled the operation that this request had started."), [restart_required](/api/errors#restart_required "The running instance cannot get this size without a restart.") */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  undeleteInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The instance, running or stopped, or the result of a dry run */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrInstanceBusyOrInstanceNotDeletedOrOperationSuperseded'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  waitForInstance: {
    parameters: {
      query?: {
        /** @description Maximum wait in seconds; 0 returns immediately */
        timeoutSeconds?: number;
        /** @description Status to wait for, `deleted` for the end of a deletion, or `settled` for any status without an operation in progress */
        status?:
          'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted' | 'settled';
        /** @description Instead of `status`: waits until the instance runs, no operation is in progress, and its guest is ready, if it has `readiness` */
        ready?: 'true';
      };
      header?: never;
      path: {
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description The instance is deleted, as requested */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['InvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['WaitTimeout'];
      409: components['responses']['InstanceDeletedOrInstanceFailedOrInstanceNotReady'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrShuttingDownOrTooManyWaits'];
    };
  };
  readConsole: {
    parameters: {
      query?: {
        /** @description Number of last lines */
        lines?: number;
        /** @description Streams new lines, like `Accept: text/event-stream`; without a value it means `true` */
        follow?: boolean;
      };
      header?: never;
      path: {
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Console'];
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
      /** @description [console_unsupported](/api/errors#console_unsupported "The instance's driver does not store console output."), [event_streams_disabled](/api/errors#event_streams_disabled "Event streams are disabled (EVENT_STREAMS=off), for example because the gateway cannot forward them."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['EngineRefused'];
      429: components['responses']['RateLimited'];
      /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [engine_unavailable](/api/errors#engine_unavailable "The engine of the instance is unreachable or too slow."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [shutting_down](/api/errors#shutting_down "The replica that held the request is shutting down."), [too_many_streams](/api/errors#too_many_streams "The tenant, or this replica, has reached its limit of open streams."), [too_many_unread_answers](/api/errors#too_many_unread_answers "This replica has reached its limit of response bytes that clients have not read, for this tenant or in total."), [too_many_waits](/api/errors#too_many_waits "This replica has reached its limit of waiting requests, for this tenant or in total."), [wrong_replica](/api/errors#wrong_replica "Console output, statistics and, without REPLICA_URL, sessions of a virtual machine are only available from the replica on its machine.") */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  readStats: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the instance */
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
          'application/json': components['schemas']['Stats'];
        };
      };
      400: components['responses']['InstanceNotRunningOrInvalidTenantOrMalformedUrlOrStatsUnsupported'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      409: components['responses']['EngineRefused'];
      429: components['responses']['RateLimited'];
      /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [engine_unavailable](/api/errors#engine_unavailable "The engine of the instance is unreachable or too slow."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [too_many_unread_answers](/api/errors#too_many_unread_answers "This replica has reached its limit of response bytes that clients have not read, for this tenant or in total."), [too_many_waits](/api/errors#too_many_waits "This replica has reached its limit of waiting requests, for this tenant or in total."), [wrong_replica](/api/errors#wrong_replica "Console output, statistics and, without REPLICA_URL, sessions of a virtual machine are only available from the replica on its machine.") */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createConsoleSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateSession'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [instance_not_running](/api/errors#instance_not_running "Only a running instance can be paused, and only a running or paused one stopped or measured; currentStatus is its current status."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['NotSupportedByEngine'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['RateLimited'];
      /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [engine_unavailable](/api/errors#engine_unavailable "The engine of the instance is unreachable or too slow."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [too_many_sessions](/api/errors#too_many_sessions "The tenant has reached SESSIONS_PER_TENANT, or this replica SESSIONS_PER_REPLICA."), [wrong_replica](/api/errors#wrong_replica "Console output, statistics and, without REPLICA_URL, sessions of a virtual machine are only available from the replica on its machine.") */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSnapshotsOfInstance: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        /** @description Status of the snapshots */
        status?: 'creating' | 'available' | 'deleting' | 'error';
        /** @description Exact name */
        name?: string;
      };
      header?: never;
      path: {
        /** @description Id of the instance */
        id: string;
      };
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
          'application/json': components['schemas']['SnapshotList'];
        };
      };
      /** @description [invalid_page_token](/api/errors#invalid_page_token "The page token was not issued by this service, or is truncated."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      429: components['responses']['RateLimited'];
      /** @description [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [database_unavailable](/api/errors#database_unavailable "The database did not answer."), [jwks_unavailable](/api/errors#jwks_unavailable "The issuer's keys could not be fetched, so the bearer token could not be verified."), [too_many_lists](/api/errors#too_many_lists "A replica reads only a few list pages at once, and tenants take turns."), [too_many_unread_answers](/api/errors#too_many_unread_answers "This replica has reached its limit of response bytes that clients have not read, for this tenant or in total.") */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createSnapshot: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateSnapshot'];
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
          'application/json': components['schemas']['SnapshotDryRun'];
        };
      };
      /** @description The snapshot */
      201: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          /** @description The new snapshot */
          Location?: string;
          /** @description The operation in progress */
          'Operation-Location'?: string;
          /** @description The preference that was applied */
          'Preference-Applied'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Snapshot'];
        };
      };
      /** @description [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrQuotaExceededOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [memory_needs_running_instance](/api/errors#memory_needs_running_instance "Memory can be stored (includeMemory) only while the instance is running or paused."), [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [quiesce_unavailable](/api/errors#quiesce_unavailable "A guest can be quiesced (quiesce) only while the instance is running and the guest can be asked to write its data to the disk; detail has what is missing.") */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  restoreInstance: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Restore'];
      };
    };
    responses: {
      /** @description The instance with the disk of the snapshot, or the result of a dry run */
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
          'application/json': components['schemas']['Instance'] | components['schemas']['DryRunResult'];
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
          'application/json': components['schemas']['Instance'];
        };
      };
      /** @description [flavor_too_small_for_snapshot](/api/errors#flavor_too_small_for_snapshot "The disk of the flavor is smaller than that of the snapshot; minimal has the minimum."), [instance_not_settled](/api/errors#instance_not_settled "Only a running or stopped instance can be resized, or have networks and volumes attached and detached; a paused one can also have snapshots taken and restored, and one in error can be rebuilt or restored."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFoundOrSnapshotNotFound'];
      408: components['responses']['RequestTimeout'];
      /** @description [idempotency_key_in_use](/api/errors#idempotency_key_in_use "The first request with this key is still in progress, and its outcome is unknown."), [instance_busy](/api/errors#instance_busy "Another operation of this instance is in progress; operationId identifies it."), [memory_size_differs](/api/errors#memory_size_differs "A guest can go on from memory (resume) only with the virtual CPUs and the memory that it had; required has them."), [not_supported_by_engine](/api/errors#not_supported_by_engine "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images."), [operation_superseded](/api/errors#operation_superseded "A delete cancelled the operation that this request had started."), [snapshot_not_available](/api/errors#snapshot_not_available "Instances are restored and created only from available snapshots; see currentStatus."), [snapshot_without_memory](/api/errors#snapshot_without_memory "A guest can go on from memory (resume) only with a snapshot that was taken with includeMemory.") */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  listSnapshots: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        /** @description Status of the snapshots */
        status?: 'creating' | 'available' | 'deleting' | 'error';
        /** @description Exact name */
        name?: string;
        /** @description Id of the instance that they were taken of */
        instanceId?: string;
        /** @description Operators: the snapshots of all tenants. Excludes `tenantId` */
        allTenants?: boolean;
        /** @description Operators: the snapshots of this tenant */
        tenantId?: string;
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
          'application/json': components['schemas']['SnapshotList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrInvalidTenantOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequiredOrTenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyListsOrTooManyUnreadAnswers'];
    };
  };
  getSnapshot: {
    parameters: {
      query?: never;
      header?: {
        /** @description Entity tags; responds 304 if the snapshot still has one of them */
        'If-None-Match'?: string;
      };
      path: {
        /** @description Id of the snapshot */
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
          'application/json': components['schemas']['Snapshot'];
        };
      };
      /** @description The snapshot still has that version */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['InvalidTenantOrMalformedUrl'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['SnapshotNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  deleteSnapshot: {
    parameters: {
      query?: {
        /** @description Only reports what would happen, like `Prefer: dry-run` */
        dryRun?: boolean;
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
        /** @description Id of the snapshot */
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
          'application/json': components['schemas']['SnapshotDryRun'];
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
          'application/json': components['schemas']['Snapshot'];
        };
      };
      /** @description The snapshot is deleted */
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
      400: components['responses']['InvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['SnapshotNotFound'];
      409: components['responses']['IdempotencyKeyInUseOrSnapshotContendedOrSnapshotInUseOrSnapshotPublished'];
      412: components['responses']['VersionMismatch'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrEngineFailedOrJwksUnavailable'];
    };
  };
  updateSnapshot: {
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
        /** @description Id of the snapshot */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateSnapshot'];
        'application/merge-patch+json': components['schemas']['UpdateSnapshot'];
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
          'application/json': components['schemas']['Snapshot'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['SnapshotNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUse'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getSnapshotSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the instance */
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
          'application/json': components['schemas']['SnapshotSchedule'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrl'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFoundOrScheduleNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  setSnapshotSchedule: {
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetSchedule'];
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
          'application/json': components['schemas']['SnapshotSchedule'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [retention_keeps_nothing](/api/errors#retention_keeps_nothing "Such a schedule would delete each snapshot that it takes."), [schedule_invalid](/api/errors#schedule_invalid "A cron expression has five fields (minute, hour, day of the month, month, day of the week) that some time matches."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUse'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  removeSnapshotSchedule: {
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
        /** @description Id of the instance */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The schedule is removed */
      204: {
        headers: {
          /** @description The version, for If-Match and If-None-Match */
          ETag?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['InstanceNotFoundOrScheduleNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['IdempotencyKeyInUse'];
      412: components['responses']['VersionMismatch'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  listImages: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
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
          'application/json': components['schemas']['ImageList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrInvalidTenantOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  publishImage: {
    parameters: {
      query?: never;
      header?: {
        /** @description A unique text for this request, which makes it repeatable */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PublishImage'];
      };
    };
    responses: {
      201: {
        headers: {
          /** @description The new image */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Image'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['SnapshotNotFound'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['ImageExistsOrSnapshotContendedOrSnapshotNotAvailableOrTooManyImages'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  listWarmPools: {
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
          'application/json': components['schemas']['WarmPoolList'];
        };
      };
      400: components['responses']['MalformedRequest'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getWarmPool: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pool */
        name: unknown;
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
          'application/json': components['schemas']['WarmPool'];
        };
      };
      400: components['responses']['MalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      404: components['responses']['WarmPoolNotFound'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  setWarmPool: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pool */
        name: unknown;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetWarmPool'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WarmPool'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [flavor_too_small](/api/errors#flavor_too_small "The image needs more than the flavor offers; minimal contains the minimum."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [image_not_found](/api/errors#image_not_found "No image has this id, the tenant may not use it, or the engine for this type cannot run it."), [image_required](/api/errors#image_required "The request has no imageId, and the engine for this type cannot create an instance without an image."), [invalid_flavor](/api/errors#invalid_flavor "No flavor has this name."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['NotSupportedByEngineOrWarmPoolLimitExceeded'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  deleteWarmPool: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the pool */
        name: unknown;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pool is deleted */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['DryRunUnsupportedOrIdempotencyKeyUnsupportedOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      404: components['responses']['WarmPoolNotFound'];
      412: components['responses']['PreconditionUnsupported'];
      415: components['responses']['UnsupportedMediaType'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
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
          'application/json': components['schemas']['FlavorList'];
        };
      };
      400: components['responses']['MalformedRequest'];
      503: components['responses']['DatabaseUnavailable'];
    };
  };
  createFlavor: {
    parameters: {
      query?: never;
      header?: {
        /** @description A unique text for this request, which makes it repeatable */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateFlavor'];
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
          'application/json': components['schemas']['Flavor'];
        };
      };
      400: components['responses']['DryRunUnsupportedOrMalformedEncodingOrMalformedJsonOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['FlavorExists'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['TooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getFlavor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the flavor */
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
          'application/json': components['schemas']['Flavor'];
        };
      };
      400: components['responses']['MalformedUrl'];
      404: components['responses']['FlavorNotFound'];
      503: components['responses']['DatabaseUnavailable'];
    };
  };
  deleteFlavor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the flavor */
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
      400: components['responses']['DryRunUnsupportedOrIdempotencyKeyUnsupportedOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      412: components['responses']['PreconditionUnsupported'];
      415: components['responses']['UnsupportedMediaType'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  updateFlavor: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the flavor */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateFlavor'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Flavor'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      404: components['responses']['FlavorNotFound'];
      408: components['responses']['RequestTimeout'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getImage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the image; if it contains a slash, encoded as `%2F` */
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
          'application/json': components['schemas']['Image'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrl'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['UnknownImage'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  deleteImage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the image; if it contains a slash, encoded as `%2F` */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The image is deleted */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['UnknownImage'];
      409: components['responses']['ImageInCatalog'];
      412: components['responses']['PreconditionUnsupported'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  listOperations: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        /** @description Status of the operations */
        status?: 'pending' | 'running' | 'succeeded' | 'failed' | 'cancelled';
        /** @description Id of the instance that the operations change */
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
          'application/json': components['schemas']['OperationList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrInvalidTenantOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyLists'];
    };
  };
  getOperation: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the operation */
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
          'application/json': components['schemas']['Operation'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrl'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['OperationNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
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
        /** @description Id of the operation */
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
          'application/json': components['schemas']['Operation'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['AccessDeniedOrTenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['OperationNotFound'];
      408: components['responses']['WaitTimeout'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrShuttingDownOrTooManyWaits'];
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
          'application/json': components['schemas']['Quota'];
        };
      };
      400: components['responses']['InvalidTenant'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getQuotaOf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
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
          'application/json': components['schemas']['Quota'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrl'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  setQuota: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SetQuota'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Quota'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [retention_too_long](/api/errors#retention_too_long "The request retains deleted instances for longer than the setting RETAIN_MAX_DAYS allows; maxDays is its value."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      408: components['responses']['RequestTimeout'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
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
          'application/json': components['schemas']['Capacity'];
        };
      };
      400: components['responses']['InvalidTenant'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  listTenants: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
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
          /** @description The next page */
          Link?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TenantList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyLists'];
    };
  };
  listWebhooks: {
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
          'application/json': components['schemas']['WebhookList'];
        };
      };
      400: components['responses']['InvalidTenant'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  createWebhook: {
    parameters: {
      query?: never;
      header?: {
        /** @description A unique text for this request, which makes it repeatable */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateWebhook'];
      };
    };
    responses: {
      201: {
        headers: {
          /** @description The new webhook */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedWebhook'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route."), [webhook_target_refused](/api/errors#webhook_target_refused "The host is, or resolves to, a private, loopback, link-local or otherwise special address, and the operator has not listed it in WEBHOOK_ALLOWED_NETWORKS."), [webhook_url_insecure](/api/errors#webhook_url_insecure "Events are sent only through TLS, unless the operator has set WEBHOOK_ALLOW_HTTP.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      408: components['responses']['RequestTimeout'];
      409: components['responses']['TooManyWebhooks'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['IdempotencyKeyReused'];
      429: components['responses']['RateLimitedOrTooManyIdempotencyKeys'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the webhook */
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
          'application/json': components['schemas']['Webhook'];
        };
      };
      400: components['responses']['InvalidTenantOrMalformedUrl'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['WebhookNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  deleteWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the webhook */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The webhook is deleted */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['WebhookNotFound'];
      412: components['responses']['PreconditionUnsupported'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  updateWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the webhook */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateWebhook'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Webhook'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_encoding](/api/errors#malformed_encoding "The body is not compressed as its Content-Encoding states, or is truncated."), [malformed_json](/api/errors#malformed_json "The Content-Type is JSON, but the body is not valid JSON."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route."), [webhook_target_refused](/api/errors#webhook_target_refused "The host is, or resolves to, a private, loopback, link-local or otherwise special address, and the operator has not listed it in WEBHOOK_ALLOWED_NETWORKS."), [webhook_url_insecure](/api/errors#webhook_url_insecure "Events are sent only through TLS, unless the operator has set WEBHOOK_ALLOW_HTTP.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['WebhookNotFound'];
      408: components['responses']['RequestTimeout'];
      412: components['responses']['PreconditionUnsupported'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  listWebhookDeliveries: {
    parameters: {
      query?: {
        /** @description Maximum size of the page */
        limit?: number;
        /** @description `nextPageToken` of the previous page */
        pageToken?: string;
        /** @description Status of the deliveries */
        status?: 'pending' | 'succeeded' | 'dead';
      };
      header?: never;
      path: {
        /** @description Id of the webhook */
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
          'application/json': components['schemas']['WebhookDeliveryList'];
        };
      };
      400: components['responses']['InvalidPageTokenOrInvalidTenantOrMalformedUrlOrValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['WebhookNotFound'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailableOrTooManyLists'];
    };
  };
  redeliverWebhookDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the webhook */
        id: string;
        /** @description Id of the delivery */
        deliveryId: string;
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
          'application/json': components['schemas']['WebhookDelivery'];
        };
      };
      /** @description [dry_run_unsupported](/api/errors#dry_run_unsupported "Only creates, power calls, resizes, rebuilds and deletes support dry runs."), [idempotency_key_unsupported](/api/errors#idempotency_key_unsupported "The request has an Idempotency-Key, but its route does not support one."), [invalid_tenant](/api/errors#invalid_tenant "The tenant header contains an invalid character, has an invalid length, or was sent twice."), [malformed_url](/api/errors#malformed_url "The path or the query has a % that is not followed by two hexadecimal digits, encodes bytes that are not UTF-8, or contains a fragment (#)."), [validation_failed](/api/errors#validation_failed "The body or the query does not match the schema of this route.") */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      404: components['responses']['WebhookDeliveryNotFoundOrWebhookNotFound'];
      412: components['responses']['PreconditionUnsupported'];
      415: components['responses']['UnsupportedMediaType'];
      429: components['responses']['RateLimited'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
  getCaller: {
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
          'application/json': components['schemas']['Caller'];
        };
      };
      400: components['responses']['InvalidTenant'];
      401: components['responses']['GatewayTokenRequiredOrTenantRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['TenantClaimInvalidOrTenantMismatch'];
      429: components['responses']['RateLimited'];
      503: components['responses']['JwksUnavailable'];
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
      400: components['responses']['MalformedRequest'];
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
          'application/json': components['schemas']['OrphanList'];
        };
      };
      400: components['responses']['ValidationFailed'];
      401: components['responses']['GatewayTokenRequiredOrTokenInvalidOrTokenRequired'];
      403: components['responses']['OperatorRequired'];
      503: components['responses']['DatabaseUnavailableOrJwksUnavailable'];
    };
  };
}
