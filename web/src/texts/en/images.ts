export const images = {
  title: 'Images',
  intro:
    'What new instances start from. Containers can also use any image that their engine can pull, by its name.',
  empty: 'No images',
  emptyText:
    'The catalog is empty. Instances can still be created; publish a snapshot to have an image of your own.',
  toSnapshots: 'See snapshots',
  column: {
    name: 'Name',
    id: 'ID',
    types: 'For',
    minimal: 'Minimum size',
    defaultUser: 'Default user',
    origin: 'Origin',
  },
  type: { vm: 'Virtual machines', container: 'Containers' },
  noTypes: 'No engine right now',
  noTypesHint: 'No engine that is up can start an instance from it at the moment.',
  noMinimum: 'None',
  minimal: (vcpus: number, ramGB: number, diskGB: number) =>
    [vcpus > 0 && `${vcpus} vCPU`, ramGB > 0 && `${ramGB} GB memory`, diskGB > 0 && `${diskGB} GB disk`]
      .filter((part) => part !== false)
      .join(', '),
  catalog: 'Catalog',
  own: 'Yours',
  ownHint: 'Published from a snapshot; only your tenant sees it.',
  createInstance: 'Create instance',
  createInstanceOf: (name: string) => `Create instance from ${name}`,
  cannotCreate: 'No engine can start an instance from it at the moment.',
  delete: 'Delete',
  deleteOf: (name: string) => `Delete the image ${name}`,
  deleteTitle: (name: string) => `Delete the image ${name}?`,
  deleteText: 'New instances cannot use it anymore. Its snapshot and existing instances stay.',
};
