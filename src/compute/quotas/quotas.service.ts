import { Injectable } from '@nestjs/common';
import type { AppError } from '../../platform/errors/app.error';
import type { Amounts, Resources } from '../../drivers/port/resources';
import { secondsOf } from '../../platform/values/duration';
import { fromKeyToken, toKeyToken } from '../../platform/values/paging';
import { QuotasConfig } from './quotas.config';
import { FlavorsService, InvalidFlavorError } from '../flavors';
import { isTenant } from '../../access/tenancy';
import {
  capacityShortage,
  growthOf,
  NOTHING,
  quotaShortage,
  roomOfEngine,
  roomOfTenant,
  smaller,
  snapshotShortage,
  requestFor,
  type Account,
  type OwnLimits,
  type Shortage,
  type Size,
  type SnapshotAmounts,
  type TenantAccount,
  type TenantAmounts,
} from './quota';
import { QuotasRepository, type LimitChanges } from './quotas.repository';
import { TenantsRepository } from './tenants.repository';
import { InsufficientCapacityError, QuotaExceededError, RetentionTooLongError } from './quota.errors';

/** Instances that a tenant requests. */
export interface ResourceRequest {
  readonly flavor: string;
  /** The host that would run them. */
  readonly hostId: string;
  /** How many, all or none; 1 by default. */
  readonly count?: number;
  /** The size of an instance that exists and would only grow. */
  readonly from?: Resources;
}

/** Effect of instances that do not exist yet. */
export interface QuotaForecast {
  /** `usage` does not include `requested`. */
  readonly quota: {
    readonly limits: TenantAmounts;
    readonly usage: TenantAmounts;
    readonly requested: Amounts;
  };
  /** How many more of the same flavor and type the tenant could create after that; null means unlimited. */
  readonly capacity: { readonly fits: number | null };
}

export interface TenantQuery {
  readonly limit: number;
  readonly pageToken?: string;
}

export interface TenantPage {
  readonly tenants: readonly TenantAccount[];
  readonly nextPageToken: string | undefined;
}

interface Shortages {
  readonly quota: Shortage | undefined;
  readonly capacity: Shortage | undefined;
}

@Injectable()
export class QuotasService {
  constructor(
    private readonly quotas: QuotasRepository,
    private readonly allTenants: TenantsRepository,
    private readonly flavors: FlavorsService,
    private readonly config: QuotasConfig,
  ) {}

  async account(tenantId: string): Promise<Account> {
    const { limits, usage, ...row } = await this.quotas.account(tenantId);
    return { tenantId, limits: this.limitsOf(limits), usage: usage ?? NOTHING, ...row };
  }

  /** A page of all tenants, for operators. */
  async tenants({ limit, pageToken }: TenantQuery): Promise<TenantPage> {
    const after = pageToken === undefined ? '' : fromKeyToken(pageToken, isTenant);
    const rows = await this.allTenants.list(after, limit);
    const tenants = rows.slice(0, limit).map(({ tenantId, limits, usage, retainDeleted }) => {
      return { tenantId, limits: this.limitsOf(limits), usage: usage ?? NOTHING, retainDeleted };
    });
    const last = tenants.at(-1);
    const hasMore = last !== undefined && rows.length > limit;
    return { tenants, nextPageToken: hasMore ? toKeyToken(last.tenantId) : undefined };
  }

  /**
   * Sets the given limits. Usage beyond a limit stays but cannot grow.
   * @throws {RetentionTooLongError}
   */
  async setLimits(tenantId: string, limits: LimitChanges): Promise<Account> {
    if (typeof limits.retainDeleted === 'string') this.retention(limits.retainDeleted);
    await this.quotas.setLimits(tenantId, limits);
    return this.account(tenantId);
  }

  /** Seconds for which a request retains an instance. @throws {RetentionTooLongError} */
  retention(duration: string): number {
    const seconds = secondsOf(duration) ?? 0;
    if (seconds > this.config.maxRetentionSeconds)
      throw new RetentionTooLongError(this.config.maxRetentionDays);
    return seconds;
  }

  /** The same by the default of the tenant. The setting may have been lowered since an operator set that. */
  defaultRetention(duration: string | null): number {
    return duration === null ? 0 : Math.min(secondsOf(duration) ?? 0, this.config.maxRetentionSeconds);
  }

  /**
   * Why instances cannot be created, or resized, now; undefined if they can. Reserves nothing: only the statement that
   * makes the change does.
   * @returns {InvalidFlavorError | QuotaExceededError | InsufficientCapacityError | undefined}
   */
  async refusalOf(
    tenantId: string,
    { flavor: name, hostId, count = 1, from }: ResourceRequest,
  ): Promise<AppError | undefined> {
    const flavors = await this.flavors.list();
    const flavor = flavors.find((each) => each.name === name);
    if (!flavor) return new InvalidFlavorError(flavors.map((each) => each.name));
    const account = await this.account(tenantId);
    const engine = account.engines.find((each) => each.hostId === hostId);
    const shortagesOf = (size: Size): Shortages => {
      const needed = from ? growthOf(from, size) : size;
      const request = { ...requestFor(needed, count), ...(from && { instances: 0 }) };
      return { quota: quotaShortage(account, request), capacity: capacityShortage(engine, needed, count) };
    };
    const { quota, capacity } = shortagesOf(flavor);
    if (!quota && !capacity) return undefined;
    const fitting = flavors
      .filter((each) => {
        const other = shortagesOf(each);
        return !other.quota && !other.capacity && each.diskGB >= (from?.diskGB ?? 0);
      })
      .map((each) => each.name);
    if (quota) return new QuotaExceededError(quota, fitting);
    return capacity && new InsufficientCapacityError(capacity, fitting);
  }

  /** Why a snapshot cannot be taken now; undefined if it can. Reserves nothing. */
  async snapshotRefusalOf(tenantId: string, request: SnapshotAmounts): Promise<AppError | undefined> {
    const shortage = snapshotShortage(await this.account(tenantId), request);
    return shortage && new QuotaExceededError(shortage);
  }

  /** The tenant's usage, the requested addition, and the number of further instances that would fit. */
  async forecast(
    tenantId: string,
    { flavor: name, hostId, count = 1 }: ResourceRequest,
  ): Promise<QuotaForecast> {
    const [account, flavor] = await Promise.all([this.account(tenantId), this.flavors.get(name)]);
    const requested = requestFor(flavor, count);
    const room = smaller(roomOfTenant(account, flavor), roomOfEngine(account.engines, hostId, flavor));
    return {
      quota: { limits: account.limits, usage: account.usage, requested },
      capacity: { fits: room === null ? null : Math.max(0, room - count) },
    };
  }

  private limitsOf(own: OwnLimits | null): TenantAmounts {
    const { limits } = this.config;
    return {
      instances: own?.instances ?? limits.instances,
      vcpus: own?.vcpus ?? limits.vcpus,
      ramGB: own?.ramGB ?? limits.ramGB,
      diskGB: own?.diskGB ?? limits.diskGB,
      gpus: own?.gpus ?? limits.gpus,
      snapshots: own?.snapshots ?? limits.snapshots,
      snapshotGB: own?.snapshotGB ?? limits.snapshotGB,
    };
  }
}
