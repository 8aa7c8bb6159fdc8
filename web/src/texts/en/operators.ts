const numbers = new Intl.NumberFormat('en');

const instancesOf = (count: number) => `${numbers.format(count)} ${count === 1 ? 'instance' : 'instances'}`;

const durationOf = (seconds: number) => {
  if (seconds < 1) return 'under a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
};

export const operators = {
  refusedTitle: 'This page is for operators',
  refusedText:
    'You are signed in as a tenant. To see all tenants and the engines, sign in with an operator token, or with an account that has the operator role.',
  toInstances: 'Your instances',
  instancesOf,
  durationOf,
  amount: (value: number) => numbers.format(value),
  overview: {
    title: 'Overview',
    readAt: (time: string) => `Read at ${time}`,
    reading: 'Reading…',
    well: 'Everything works',
    wellText: 'The database, the engines and the queues are fine, and no instance is failing.',
    attention: (count: number) => `${count} ${count === 1 ? 'thing needs' : 'things need'} attention`,
    hidden:
      'Health checks and metrics cannot be read from here. Gateways often keep /health and /metrics internal; the rest of this page is complete.',
    unread: 'This part could not be read.',
    show: 'Show',
  },
  finding: {
    vital: (name: string) => `${name} is down: this replica serves no requests`,
    check: (name: string) => `${name} is down`,
    driverDown: (name: string) => `Engine ${name} is down`,
    driverUnknown: (name: string) => `Engine ${name}: state unknown`,
    room: (name: string, resources: readonly string[]) =>
      `Engine ${name} has little room left: ${resources.join(', ')}`,
    failing: (count: number, isCut: boolean) =>
      `${isCut ? `More than ${instancesOf(count)}` : instancesOf(count)} failing`,
    orphans: (count: number) =>
      `${numbers.format(count)} ${count === 1 ? 'orphan' : 'orphans'} on the engines`,
    queue: (seconds: number) => `An operation has waited ${durationOf(seconds)} for a worker`,
    outbox: (seconds: number) => `Monitoring has not accepted metrics for ${durationOf(seconds)}`,
    warmPool: (name: string) => `Warm pool ${name} cannot be filled`,
    unread: (part: string) => `${part} could not be read`,
  },
  remedy: {
    vital: 'Other replicas go on. Fix the cause below; the service continues by itself.',
    check: 'Requests that need it are retried or refused. See the detail below and the log of the service.',
    driverDown:
      'Its instances keep their last known state, and operations on them are retried. Check that the engine runs and can be reached.',
    driverUnknown: 'Only another replica reaches it. Check that the replica on that host runs.',
    room: 'New instances may be refused there. Add capacity, or ask tenants to delete what they do not need.',
    failing:
      'See the reasons below: the same reason for many points to an engine, different ones to their tenants.',
    orphans: 'Check what they are before they are removed with their disks.',
    queue: 'The workers are busy, or wait for an engine that is slow. See the queue below.',
    outbox: 'Check the Monitoring service. Metrics are kept and sent later.',
    warmPool: 'Instances are created as usual, only slower. See the reason at the pool.',
    unread: 'Refresh this page. If it stays, see the log of the service.',
  },
  part: {
    readiness: 'Health',
    capacity: 'Engines',
    failing: 'Failing instances',
    orphans: 'Orphans',
    metrics: 'Metrics',
    warmPools: 'Warm pools',
  },
  resource: { vcpus: 'vCPUs', ramGB: 'Memory', diskGB: 'Disk', gpus: 'GPUs' },
  health: {
    title: 'Health',
    text: 'Checks of the replica that answered.',
    check: {
      process: 'Process',
      database: 'Database',
      worker: 'Worker',
      network: 'Network service',
      storage: 'Storage service',
      monitoring: 'Monitoring service',
      images: 'Image catalog',
    },
    driver: (name: string) => `Engine ${name}`,
    status: { up: 'Up', down: 'Down', circuit_open: 'Not called for now', disabled: 'Not configured' },
  },
  engines: {
    title: 'Engines',
    none: 'No engine reports its capacity. Health below shows whether they are up.',
    instances: (count: number) => `${instancesOf(count)} placed`,
    status: { up: 'Up', down: 'Down', unknown: 'Unknown' },
    stale: 'The capacity is the last known one.',
    unknownTotal: (used: string) => `${used} in use; the total is unknown`,
    gpuModel: (model: string) => `GPUs: ${model}`,
  },
  failing: {
    title: 'Failing by reason',
    none: 'No instance is failing.',
    noReason: 'No reason known',
    cut: (count: number) => `Counts the ${numbers.format(count)} newest.`,
    column: { reason: 'Reason', count: 'Instances', tenants: 'Tenants' },
    tenant: (id: string, count: number) => `${id} (${numbers.format(count)})`,
    more: (count: number) => `and ${count} more`,
    moreReasons: (count: number) =>
      `${count} more ${count === 1 ? 'reason' : 'reasons'} with fewer instances`,
  },
  queue: {
    title: 'Queues',
    waiting: 'Waiting operations',
    running: 'Running operations',
    age: (duration: string) => `Longest wait: ${duration}`,
    outbox: 'Metrics for Monitoring',
    webhooks: 'Webhook deliveries',
    oldest: (duration: string) => `Oldest: ${duration}`,
    nothingWaits: 'Nothing waits',
    replica: 'Of this replica',
    operations: 'Operations since the start',
    noOperations: 'None yet',
    outcome: {
      succeeded: 'Succeeded',
      failed: 'Failed',
      postponed: 'Postponed',
      cancelled: 'Cancelled',
      released: 'Released',
      lost: 'Lost',
    },
    instances: 'Instances by status',
  },
  warmPools: {
    title: 'Warm pools',
    text: 'Instances that are kept running, so that creations that fit get one at once.',
    none: 'No warm pools. Creations take as long as their engine needs.',
    column: { name: 'Name', fits: 'For', fill: 'Prepared' },
    fill: (ready: number, size: number) => `${ready} of ${size} ready`,
    preparing: (count: number) => `${count} being prepared`,
    fits: (flavor: string, type: string) => `${flavor}, ${type}`,
    type: { vm: 'virtual machine', container: 'container' },
    noImage: 'Without an image',
    add: 'Add warm pool',
    addTitle: 'Add a warm pool',
    edit: 'Edit',
    editOf: (name: string) => `Edit the warm pool ${name}`,
    editTitle: (name: string) => `Edit ${name}`,
    editNote: 'Prepared instances that no longer match are deleted, and so is the surplus of a smaller pool.',
    delete: 'Delete',
    deleteOf: (name: string) => `Delete the warm pool ${name}`,
    deleteTitle: (name: string) => `Delete the warm pool ${name}?`,
    deleteText: (count: number) =>
      `${instancesOf(count)} that wait to be handed over ${count === 1 ? 'is' : 'are'} deleted. Those that tenants have stay.`,
    exists: 'A pool with this name exists. Edit it instead.',
    name: 'Name',
    nameHint: 'Lowercase letters, digits, dots, underscores and hyphens.',
    flavor: 'Flavor',
    typeLabel: 'Type',
    image: 'Image',
    imageHint:
      'Spelled as in the requests that are to get the instances. Every tenant must be allowed to use it.',
    size: 'Instances to keep prepared',
  },
  tenants: {
    title: 'Tenants',
    intro: 'Tenants that ever had an instance, or have limits of their own, by ID.',
    empty: 'No tenants yet',
    emptyText: 'Tenants appear here when they create their first instance.',
    open: 'Open a tenant',
    openHint: 'Tenant ID',
    openAction: 'Open',
    column: { tenant: 'Tenant', usage: 'Usage' },
    instances: 'Instances',
    instancesOf: (tenant: string) => `Instances of ${tenant}`,
    limits: 'Limits',
    limitsOf: (tenant: string) => `Limits of ${tenant}`,
    status: 'Status',
    any: 'Any',
    noInstances: 'No instances',
    noneMatch: 'No instance has this status.',
    copyId: 'Copy ID',
    limitsNote:
      'Empty means the default of the service, -1 means no limit. A lower limit stops nothing; it only refuses more.',
    used: (used: number, unit: string) => `${numbers.format(used)}${unit} in use`,
    belowUsage: (used: number, unit: string) =>
      `Less than the ${numbers.format(used)}${unit} in use: only new requests are refused.`,
    notNumber: 'Enter a whole number, -1 for no limit, or nothing for the default.',
    gb: ' GB',
    inUnit: (unit: string) => ` in ${unit}`,
    retain: 'Retain deleted instances for',
    retainHint: 'An ISO 8601 duration such as P7D or PT12H. Empty means not at all.',
  },
  orphans: {
    title: 'Orphans',
    intro:
      'Resources on engines that are marked as belonging to this service, but are not in its database: left behind by a crash, or created after the backup that was restored.',
    warning:
      'When its time has come, an orphan is removed with its disks. If you have restored a backup, set ORPHAN_GRACE_SECONDS to -1 first, and save what you need.',
    empty: 'No orphans',
    emptyText: 'Everything on the engines belongs to an instance.',
    cut: 'Shows the 1,000 oldest.',
    column: {
      driver: 'Engine',
      instance: 'Instance ID on the engine',
      tenant: 'Tenant',
      first: 'First seen',
      last: 'Last seen',
      removed: 'Removed',
    },
    never: 'Never: removal is off',
  },
};
