import type { InstanceAction } from './constants';
import { given, only } from './given';
import { unwrap } from './problem';
import type { Routes } from './routes';
import type {
  CallOptions,
  CreateInstance,
  DeleteOptions,
  DryRunResult,
  Reboot,
  Rebuild,
  Resize,
} from './types';

/** Whether the service reported what a request would do instead of executing it. */
function isDryRunResult(answer: object | undefined): answer is DryRunResult {
  return answer !== undefined && 'dryRun' in answer;
}

/** Rules out a dry-run result, which is returned only if requested. */
export function executed<T extends object | undefined>(answer: T | DryRunResult): Exclude<T, DryRunResult>;
export function executed(answer: object | undefined): object | undefined {
  if (isDryRunResult(answer)) throw new Error('the service returned an unrequested dry-run result');
  return answer;
}

function dry(answer: object | undefined): DryRunResult {
  if (!isDryRunResult(answer)) throw new Error('the service executed a dry run');
  return answer;
}

const query = { dryRun: true } as const;

export interface DryRunCreateOptions extends CallOptions {
  /** Number of instances, by default one. */
  readonly count?: number | undefined;
}

export type DryRunDeleteOptions = Pick<DeleteOptions, 'force' | 'retain' | 'signal'>;

/** Query parameters of a delete. */
export function deletionOf({ force, retain }: DryRunDeleteOptions): { force?: boolean; retain?: string } {
  return { ...(force !== undefined && { force }), ...(retain !== undefined && { retain }) };
}

/** What changes would do. Each is checked as the change itself would be, and refused with the same problems. */
export class DryRuns {
  constructor(private readonly routes: Routes) {}

  async create(request: CreateInstance, options: DryRunCreateOptions = {}): Promise<DryRunResult> {
    const { count } = options;
    const body = { ...given(request), ...(count !== undefined && { count }) };
    return dry(
      await unwrap(
        this.routes.POST('/api/v1/compute/instances', { params: { query }, body, ...only(options) }),
      ),
    );
  }

  start(id: string, options: CallOptions = {}): Promise<DryRunResult> {
    return this.power('start', id, options);
  }

  stop(id: string, options: CallOptions = {}): Promise<DryRunResult> {
    return this.power('stop', id, options);
  }

  restart(id: string, options: CallOptions = {}): Promise<DryRunResult> {
    return this.power('restart', id, options);
  }

  pause(id: string, options: CallOptions = {}): Promise<DryRunResult> {
    return this.power('pause', id, options);
  }

  resume(id: string, options: CallOptions = {}): Promise<DryRunResult> {
    return this.power('resume', id, options);
  }

  async reboot(id: string, request: Reboot = {}, options: CallOptions = {}): Promise<DryRunResult> {
    const params = { path: { id }, query };
    const body = given(request);
    return dry(
      await unwrap(
        this.routes.POST('/api/v1/compute/instances/{id}/reboot', { params, body, ...only(options) }),
      ),
    );
  }

  async rebuild(id: string, request: Rebuild, options: CallOptions = {}): Promise<DryRunResult> {
    const params = { path: { id }, query };
    const body = given(request);
    return dry(
      await unwrap(
        this.routes.POST('/api/v1/compute/instances/{id}/rebuild', { params, body, ...only(options) }),
      ),
    );
  }

  async resize(id: string, request: Resize, options: CallOptions = {}): Promise<DryRunResult> {
    const params = { path: { id }, query };
    const body = given(request);
    return dry(
      await unwrap(
        this.routes.POST('/api/v1/compute/instances/{id}/resize', { params, body, ...only(options) }),
      ),
    );
  }

  async delete(id: string, options: DryRunDeleteOptions = {}): Promise<DryRunResult> {
    const params = { path: { id }, query: { ...query, ...deletionOf(options) } };
    return dry(
      await unwrap(this.routes.DELETE('/api/v1/compute/instances/{id}', { params, ...only(options) })),
    );
  }

  undelete(id: string, options: CallOptions = {}): Promise<DryRunResult> {
    return this.power('undelete', id, options);
  }

  private async power(
    action: InstanceAction | 'undelete',
    id: string,
    options: CallOptions,
  ): Promise<DryRunResult> {
    const params = { path: { id }, query };
    return dry(
      await unwrap(
        this.routes.POST(`/api/v1/compute/instances/{id}/${action}`, { params, ...only(options) }),
      ),
    );
  }
}
