import type { CatalogueGroup } from './entry';

const NETWORK = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** Errors of the Network and Storage services. */
export const NEIGHBOUR_ERRORS = {
  integration_disabled: {
    status: 400,
    example: 'createNetwork needs the Network service, which is not configured here',
    retryable: false,
    meaning: 'This installation works without the service that would make or attach this.',
    remedy: 'Leave that member out, or ask whoever runs the service to configure the other one.',
  },
  network_not_found: {
    status: 400,
    example: `Network not found: ${NETWORK}`,
    retryable: false,
    meaning: 'The Network service knows no such network.',
    remedy: 'Correct the id, or let one be made with `createNetwork`.',
  },
  network_not_active: {
    status: 400,
    example: `Network not active: ${NETWORK}`,
    retryable: false,
    meaning: 'The network is there and cannot be used.',
    remedy: 'Activate it, or take another one.',
  },
  volume_not_found: {
    status: 400,
    example: `Volume not found: ${NETWORK}`,
    retryable: false,
    meaning: 'The Storage service knows no such volume.',
    remedy: 'Correct the id, or let one be made with `createVolume`.',
  },
  volume_not_available: {
    status: 400,
    example: 'Volume not available',
    retryable: false,
    meaning: 'The volume is attached to another instance, or is not in order.',
    remedy: 'Detach it there first, or take another one.',
  },
  network_refused: {
    status: 400,
    example: 'The Network service refused to create network web-network: no such range',
    retryable: false,
    meaning: 'The Network service does not do what the request asks for; `detail` has its reason.',
    remedy: 'Change what it refuses.',
  },
  storage_refused: {
    status: 400,
    example: 'The Storage service refused to create volume web-disk: sizeGB too large',
    retryable: false,
    meaning: 'The Storage service does not do what the request asks for; `detail` has its reason.',
    remedy: 'Change what it refuses.',
  },
  network_unavailable: {
    status: 503,
    example:
      'The Network service is not available (list networks: it did not answer within 3000 ms); try again',
    retryable: true,
    meaning: 'The Network service is away, slow, or answers what nobody understands.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` says how it is.',
  },
  storage_unavailable: {
    status: 503,
    example: 'The Storage service is not available (attach volume 4711: ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The Storage service is away, slow, or answers what nobody understands.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` says how it is.',
  },
} as const satisfies CatalogueGroup;
