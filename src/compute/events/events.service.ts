import { Injectable } from '@nestjs/common';
import { AccessDeniedError } from '../../platform/errors/service.errors';
import { fromKeyToken, toKeyToken } from '../../platform/values/paging';
import { isUuid } from '../../platform/values/uuid';
import { InstanceNotFoundError } from '../instances';
import type { InstanceEvent } from './event';
import { EventsRepository } from './events.repository';

export interface EventPage {
  readonly events: readonly InstanceEvent[];
  readonly nextPageToken?: string;
}

export interface EventQuery {
  readonly limit: number;
  readonly pageToken?: string;
}

/** The history of instances, including deleted ones. */
@Injectable()
export class EventsService {
  constructor(private readonly events: EventsRepository) {}

  /** Oldest first. @throws {InstanceNotFoundError | AccessDeniedError | InvalidPageTokenError} */
  async history(tenantId: string, instanceId: string, { limit, pageToken }: EventQuery): Promise<EventPage> {
    const after = pageToken === undefined ? 0 : Number(fromKeyToken(pageToken, isKey).slice(1));
    if (!isUuid(instanceId)) throw new InstanceNotFoundError();
    const found = await this.events.history(tenantId, instanceId, { after, limit: limit + 1 });
    if (found.length === 0) await this.assertOwn(tenantId, instanceId);
    const events = found.slice(0, limit);
    const last = events.at(-1);
    if (found.length <= limit || !last) return { events };
    return { events, nextPageToken: toKeyToken(`v${last.version}`) };
  }

  private async assertOwn(tenantId: string, instanceId: string): Promise<void> {
    const ownership = await this.events.ownership(tenantId, instanceId);
    if (ownership === undefined) throw new InstanceNotFoundError();
    if (ownership === 'foreign') throw new AccessDeniedError();
  }
}

/** Whether the key of a page token is a version: `v` and its number. */
function isKey(value: string): boolean {
  return /^v(0|[1-9]\d{0,8})$/.test(value);
}
