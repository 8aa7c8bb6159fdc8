/** Tenant of requests that name none, if this is allowed, and of what the service reports about itself. */
export const DEFAULT_TENANT = 'default';
