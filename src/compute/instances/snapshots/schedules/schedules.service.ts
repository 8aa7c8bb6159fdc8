import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../../access/tenancy';
import { InstanceNotFoundError } from '../../instance.errors';
import { InstancesService } from '../../instances.service';
import { nextAfter, type Recurrence } from './cron';
import { keepsNothing } from './retention';
import type { ScheduleRequest, SnapshotSchedule } from './schedule';
import { RetentionKeepsNothingError, ScheduleInvalidError, ScheduleNotFoundError } from './schedule.errors';
import { SchedulesRepository } from './schedules.repository';

/** The snapshot schedules of tenants. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly instances: InstancesService,
  ) {}

  /** @throws {InstanceNotFoundError | AccessDeniedError | ScheduleNotFoundError} */
  async get({ tenantId }: Caller, instanceId: string): Promise<SnapshotSchedule> {
    await this.instances.get(tenantId, instanceId);
    const found = await this.schedules.find(tenantId, instanceId);
    if (!found) throw new ScheduleNotFoundError();
    return found;
  }

  /**
   * Replaces the schedule, if there is one. The snapshots that it took belong to the new one.
   * @throws {InstanceNotFoundError | AccessDeniedError | ScheduleInvalidError | RetentionKeepsNothingError}
   */
  async set(caller: Caller, instanceId: string, request: ScheduleRequest): Promise<SnapshotSchedule> {
    await this.instances.get(caller.tenantId, instanceId);
    if (keepsNothing(request.keep)) throw new RetentionKeepsNothingError();
    const set = await this.schedules.set(caller, instanceId, request, firstTimeOf(request));
    if (!set) throw new InstanceNotFoundError();
    return set;
  }

  /** Keeps the snapshots that it took. @throws {InstanceNotFoundError | AccessDeniedError | ScheduleNotFoundError} */
  async remove(caller: Caller, instanceId: string): Promise<void> {
    await this.instances.get(caller.tenantId, instanceId);
    if (!(await this.schedules.remove(caller, instanceId))) throw new ScheduleNotFoundError();
  }
}

/** @throws {ScheduleInvalidError} also if there is none */
function firstTimeOf(recurrence: Recurrence): Date {
  try {
    const next = nextAfter(recurrence, new Date());
    if (next !== null) return next;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new ScheduleInvalidError();
}
