import { Injectable } from '@nestjs/common';
import { fromKeyToken, toKeyToken } from '../../../platform/values/paging';
import type { AuditFilter, AuditPage } from './audit';
import { AuditRepository, type AuditPosition } from './audit.repository';

export interface AuditQuery extends AuditFilter {
  readonly limit: number;
  readonly pageToken?: string;
}

/** Who changed what, across all tenants. */
@Injectable()
export class AuditService {
  constructor(private readonly events: AuditRepository) {}

  /** @throws {InvalidPageTokenError} */
  async search({ limit, pageToken, ...filter }: AuditQuery): Promise<AuditPage> {
    const before = pageToken === undefined ? undefined : positionOf(pageToken);
    const { found, last } = await this.events.search(filter, before, limit + 1);
    const shown = found.slice(0, limit);
    const events = shown.map(({ event }) => event);
    const end = shown.at(-1);
    if (found.length > limit && end)
      return { events, examinedTo: end.event.at, nextPageToken: tokenOf(end.position) };
    if (last) return { events, examinedTo: last.at, nextPageToken: tokenOf(last.position) };
    return { events, examinedTo: null };
  }
}

const tokenOf = ({ at, seq }: AuditPosition): string => toKeyToken(`${at}.${seq}`);

function positionOf(pageToken: string): AuditPosition {
  const [at = '', seq = ''] = fromKeyToken(pageToken, isKey).split('.');
  return { at, seq };
}

/** Unix microseconds and the number of an event, without leading zeros. */
function isKey(value: string): boolean {
  return /^(0|[1-9]\d{0,15})\.[1-9]\d{0,17}$/.test(value);
}
