/** Tenant of requests without one, if these are accepted, and of the metrics of the service itself. */
export const DEFAULT_TENANT = 'default';
