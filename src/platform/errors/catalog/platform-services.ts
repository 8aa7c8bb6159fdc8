import type { CatalogGroup } from './entry';

const NETWORK = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

/** Errors of the Network and Storage services. */
export const PLATFORM_SERVICE_ERRORS = {
  integration_disabled: {
    status: 400,
    example: 'createNetwork needs the Network service, which is not configured',
    retryable: false,
    meaning: 'The platform service that provides this resource is not configured in this deployment.',
    remedy: 'Omit the member, or ask an operator to configure the service.',
  },
  network_not_found: {
    status: 400,
    example: `Network not found: ${NETWORK}`,
    retryable: false,
    meaning: 'The Network service has no network with this id.',
    remedy: 'Correct the id, or create a network with `createNetwork`.',
  },
  network_not_active: {
    status: 400,
    example: `Network not active: ${NETWORK}`,
    retryable: false,
    meaning: 'The network exists but is not active.',
    remedy: 'Activate it, or use another one.',
  },
  volume_not_found: {
    status: 400,
    example: `Volume not found: ${NETWORK}`,
    retryable: false,
    meaning: 'The Storage service has no volume with this id.',
    remedy: 'Correct the id, or create a volume with `createVolume`.',
  },
  volume_not_available: {
    status: 400,
    example: 'Volume not available',
    retryable: false,
    meaning: 'The volume is attached to another instance, or its status does not allow attaching.',
    remedy: 'Detach it from the other instance first, or use another volume.',
  },
  network_refused: {
    status: 400,
    example: 'The Network service refused to create network web-network: no such range',
    retryable: false,
    meaning: 'The Network service refused the request; `detail` contains its reason.',
    remedy: 'Change what the reason names, and repeat the request.',
  },
  storage_refused: {
    status: 400,
    example: 'The Storage service refused to create volume web-disk: sizeGB too large',
    retryable: false,
    meaning: 'The Storage service refused the request; `detail` contains its reason.',
    remedy: 'Change what the reason names, and repeat the request.',
  },
  network_unavailable: {
    status: 503,
    example: 'The Network service is unavailable (list networks: no response within 3000 ms); try again',
    retryable: true,
    meaning: 'The Network service is unreachable, too slow, or returns invalid responses.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` shows the state of the service.',
  },
  storage_unavailable: {
    status: 503,
    example: 'The Storage service is unavailable (attach volume 4711: ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The Storage service is unreachable, too slow, or returns invalid responses.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` shows the state of the service.',
  },
} as const satisfies CatalogGroup;
