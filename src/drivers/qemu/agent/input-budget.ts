import { GroupCounts } from '../../../platform/values/group-counts';

const MIB = 1_048_576;
const LIMITS = { bytes: 64 * MIB, ofTenant: 8 * MIB };

/** Limits the standard input of commands that have not started, of this process and of a tenant. */
export class InputBudget {
  private readonly tenants = new GroupCounts();
  private bytes = 0;

  constructor(private readonly limits = LIMITS) {}

  /** @returns whether there is room for these bytes; they then count until they are released */
  tryReserve(tenantId: string, bytes: number): boolean {
    const { limits } = this;
    if (this.bytes + bytes > limits.bytes) return false;
    if (this.tenants.of(tenantId) + bytes > limits.ofTenant) return false;
    this.add(tenantId, bytes);
    return true;
  }

  release(tenantId: string, bytes: number): void {
    this.add(tenantId, -bytes);
  }

  private add(tenantId: string, bytes: number): void {
    this.bytes += bytes;
    this.tenants.add(tenantId, bytes);
  }
}
