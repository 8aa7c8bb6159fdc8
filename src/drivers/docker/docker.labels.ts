/** Names of the labels of everything that this service creates at engines. */
export const LABEL = {
  deployment: 'uim.deployment',
  instanceId: 'uim.instance-id',
  tenantId: 'uim.tenant-id',
  instanceName: 'uim.instance-name',
  /** Of an image; its containers inherit this and the others below. */
  snapshotId: 'uim.snapshot-id',
  snapshotDeployment: 'uim.snapshot-deployment',
  snapshot: 'uim.snapshot',
} as const;
