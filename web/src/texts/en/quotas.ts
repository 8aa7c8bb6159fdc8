const UNITS = { week: 'week', day: 'day', hour: 'hour', minute: 'minute', second: 'second' };

export const quotas = {
  title: 'Quotas',
  intro:
    'What your tenant uses, and how much it may use. Stopped, retained and failing instances count until they are deleted.',
  resource: {
    instances: 'Instances',
    vcpus: 'vCPUs',
    ramGB: 'Memory',
    diskGB: 'Disk',
    gpus: 'GPUs',
    snapshots: 'Snapshots',
    snapshotGB: 'Snapshot storage',
  },
  fullTitle: (names: readonly string[]) => `At the limit: ${names.join(', ')}`,
  nearTitle: (names: readonly string[]) => `Nearly full: ${names.join(', ')}`,
  fullText: 'Requests for more are refused.',
  nearText: 'Soon, requests for more will be refused.',
  whatHappens: 'What happens at a limit',
  whatHappensText:
    'Requests for more are refused: new instances, larger flavors, snapshots. What you have goes on running. To make room, delete instances or snapshots that you do not need, or ask an operator for a higher limit.',
  retention: 'Deleted instances',
  notRetained: 'Deleted instances are gone at once, unless the delete asks to retain them.',
  retained: (duration: string) =>
    `Deleted instances are retained for ${duration}, unless the delete says otherwise. Until then they can be undeleted, and they count here.`,
  duration: (parts: readonly { readonly unit: keyof typeof UNITS; readonly count: number }[]) =>
    parts.map(({ unit, count }) => `${count} ${UNITS[unit]}${count === 1 ? '' : 's'}`).join(' '),
  consumers: 'What takes the most',
  consumersText: 'Your instances by flavor, those first that take the most memory.',
  consumersCut: 'Counts your 1,000 newest instances.',
  noConsumers: 'You have no instances.',
  column: { flavor: 'Flavor', instances: 'Instances', vcpus: 'vCPUs', ramGB: 'Memory', diskGB: 'Disk' },
  gb: (value: number) => `${value} GB`,
};
