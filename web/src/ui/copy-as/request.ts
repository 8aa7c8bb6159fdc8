/** A request to the service, as a user can repeat it elsewhere. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query, encoded as in a URL. */
  readonly path: string;
  readonly body?: object;
}

/** Address of the service, and the caller. There is no token in it: users insert their own. */
export interface Target {
  /** For example `https://cloud.example.com`. */
  readonly origin: string;
  readonly tenantId: string;
  /** Name of the header that carries the tenant. */
  readonly tenantHeader: string;
  readonly needsToken: boolean;
}

/** Header that the client of the API and the command line send the tenant in. */
export const STANDARD_TENANT_HEADER = 'X-Tenant-ID';

/** One way to make a request. */
export interface Recipe {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}
