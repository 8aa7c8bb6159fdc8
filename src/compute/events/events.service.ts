import { Injectable } from '@nestjs/common';
import { AccessDeniedError } from '../../platform/errors/service.errors';
import { isUuid } from '../../platform/values/uuid';
import { InvalidPageTokenError } from '../../platform/http/http.errors';
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
    const after = pageToken === undefined ? 0 : fromToken(pageToken);
    if (!isUuid(instanceId)) throw new InstanceNotFoundError();
    const found = await this.events.history(tenantId, instanceId, { after, limit: limit + 1 });
    if (found.length === 0) await this.assertOwn(tenantId, instanceId);
    const events = found.slice(0, limit);
    const last = events.at(-1);
    if (found.length <= limit || !last) return { events };
    return { events, nextPageToken: toToken(last.version) };
  }

  private async assertOwn(tenantId: string, instanceId: string): Promise<void> {
    const ownership = await this.events.ownership(tenantId, instanceId);
    if (ownership === undefined) throw new InstanceNotFoundError();
    if (ownership === 'foreign') throw new AccessDeniedError();
  }
}

/** Encodes the last version of the previous page as an opaque token. */
function toToken(version: number): string {
  return Buffer.from(`v${version}`).toString('base64url');
}

function fromToken(token: string): number {
  const [, version] = /^v(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (version === undefined || toToken(Number(version)) !== token) throw new InvalidPageTokenError();
  return Number(version);
}
