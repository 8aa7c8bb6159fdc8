import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../../access/tenancy';
import type { InstanceDocument } from '../../instance';
import { assertMet, InstanceNotFoundError } from '../../instance.errors';
import { InstancesService } from '../../instances.service';
import { nextAfter, type Recurrence } from './cron';
import { keepsNothing } from './retention';
import type { ScheduleRequest, SnapshotSchedule } from './schedule';
import { RetentionKeepsNothingError, ScheduleInvalidError, ScheduleNotFoundError } from './schedule.errors';
import { SchedulesRepository, type ChangedSchedule, type ScheduleChange } from './schedules.repository';

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
   * @returns the schedule with the new version of the instance
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | ScheduleInvalidError |
   * RetentionKeepsNothingError}
   */
  async set(id: string, schedule: ScheduleRequest, change: ScheduleChange): Promise<InstanceDocument> {
    await this.instances.get(change.caller.tenantId, id);
    if (keepsNothing(schedule.keep)) throw new RetentionKeepsNothingError();
    const nextAt = firstTimeOf(schedule);
    const { version, document } = made(change, await this.schedules.set(id, { ...change, schedule, nextAt }));
    if (document === null) throw new Error('a schedule that was set must have a document');
    return { document, version };
  }

  /**
   * Keeps the snapshots that it took.
   * @returns the new version of the instance
   * @throws {InstanceNotFoundError | AccessDeniedError | PreconditionFailedError | ScheduleNotFoundError}
   */
  async remove(id: string, change: ScheduleChange): Promise<number> {
    await this.instances.get(change.caller.tenantId, id);
    return made(change, await this.schedules.remove(id, change)).version;
  }
}

/** @throws {InstanceNotFoundError | PreconditionFailedError | ScheduleNotFoundError} if nothing was changed */
function made(
  { precondition }: ScheduleChange,
  changed: ChangedSchedule | undefined,
): ChangedSchedule & { readonly version: number } {
  if (!changed) throw new InstanceNotFoundError();
  const { version, versionBefore } = changed;
  if (version !== null) return { ...changed, version };
  assertMet(precondition, versionBefore);
  throw new ScheduleNotFoundError();
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
