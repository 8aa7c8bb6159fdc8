import {
  at,
  ATTACHMENT,
  deleted,
  DRIVER,
  existing,
  id,
  INSTANCE,
  OPERATION,
  TENANT,
  type Filling,
  type Rows,
} from './expressions';

interface Planned {
  readonly type: string;
  readonly status: string;
  /** Which instances have such an operation. */
  readonly on: string;
  readonly of?: 'deleted';
}

const PLANNED: readonly Planned[] = [
  { type: 'create', status: 'succeeded', on: 'n % 20 NOT IN (15, 17)' },
  { type: 'create', status: 'pending', on: 'n % 40 = 15' },
  { type: 'create', status: 'running', on: 'n % 40 = 35' },
  { type: 'create', status: 'failed', on: 'n % 20 = 17' },
  { type: 'stop', status: 'succeeded', on: 'n % 20 BETWEEN 10 AND 14' },
  { type: 'restart', status: 'running', on: 'n % 20 = 16' },
  { type: 'restart', status: 'cancelled', on: 'n % 20 = 4' },
  { type: 'stop', status: 'pending', on: 'n % 20 = 18' },
  { type: 'start', status: 'failed', on: 'n % 20 = 19' },
  { type: 'delete', status: 'pending', on: 'n % 20 = 19' },
  { type: 'attach', status: 'pending', on: 'n % 20 = 1' },
  { type: 'detach', status: 'running', on: 'n % 20 = 2' },
  { type: 'attach', status: 'succeeded', on: 'n % 20 = 3' },
  { type: 'detach', status: 'failed', on: 'n % 20 = 3' },
  { type: 'create', status: 'succeeded', on: 'true', of: 'deleted' },
  { type: 'delete', status: 'succeeded', on: 'true', of: 'deleted' },
  { type: 'cleanup', status: 'pending', on: 'n % 2 = 0', of: 'deleted' },
  { type: 'cleanup', status: 'succeeded', on: 'n % 2 = 1', of: 'deleted' },
];

/** The schema of this version is the first that knows these types. */
const SINCE: Readonly<Record<string, number>> = { attach: 2, detach: 2, cleanup: 2 };

export function operations({ count, version }: Filling): readonly Rows[] {
  return PLANNED.flatMap(({ type, status, on, of }, index) => {
    if ((SINCE[type] ?? 1) > version) return [];
    const isFinished = !['pending', 'running'].includes(status);
    const onlyIf = (condition: boolean, expression: string): string => (condition ? expression : 'NULL');
    const isAttachment = type === 'attach' || type === 'detach';
    const attachmentId = onlyIf(isAttachment, id(ATTACHMENT + (type === 'attach' ? 3 : 4)));
    const isForced = `${type === 'delete'} AND n % 2 = 0`;
    const columns = {
      id: id(OPERATION + index),
      tenant_id: TENANT,
      instance_id: id(INSTANCE),
      type: `'${type}'`,
      status: `'${status}'`,
      attempts: status === 'pending' ? 'n % 3' : '1 + n % 3',
      error: onlyIf(
        status === 'failed',
        `jsonb_build_object('code', 'engine_failed', 'message', 'no ' || n)`,
      ),
      request_id: `'request-' || n || '-${index}'`,
      traceparent: `CASE WHEN n % 5 = 0 THEN '00-' || md5(n::text) || '-00f067aa0ba902b7-01' END`,
      due_at: at('n + 1'),
      fence: status === 'pending' ? '0' : '1 + n % 3',
      lease_owner: onlyIf(status === 'running', `'host:' || n % 4`),
      deadline_at: `CASE WHEN n % 2 = 0 THEN ${at('n + 900')} END`,
      created_at: at(`n + ${index}`),
      started_at: onlyIf(status !== 'pending', at(`n + ${index} + 0.25`)),
      finished_at: onlyIf(isFinished, at(`n + ${index} + 0.75`)),
      attachment_id: attachmentId,
      forced: isForced,
      args: `jsonb_strip_nulls(jsonb_build_object('attachmentId', ${attachmentId}, 'force', nullif(${isForced}, false)))`,
      is_background: String(['create', 'restart', 'cleanup'].includes(type)),
      actor: `CASE WHEN n % 2 = 0 THEN 'tenant:' || ${TENANT} ELSE 'operator:root' END`,
      progress: onlyIf(status === 'running', `'pulling ' || n % 100 || ' %'`),
      driver: DRIVER,
      spent_ms: 'n % 10000',
    };
    const range = of === 'deleted' ? deleted(count) : existing(count);
    return [{ table: 'operations', columns, from: `${range} WHERE ${on}` }];
  });
}
