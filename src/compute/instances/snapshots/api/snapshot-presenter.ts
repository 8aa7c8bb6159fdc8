import type { HeadOf } from '../../../../access/idempotency';
import { etagOf } from '../../../../platform/http/responses/etag';
import type { HttpResult } from '../../../../platform/http/responses/http-result';
import { operationPath } from '../../../operations';
import type { InstanceDocument } from '../../instance';
import { snapshotPath } from '../snapshot';
import type { SnapshotDeletionResult } from '../snapshot-deletion.service';
import type { TakeResult } from '../taking.service';

/** Head of the response to a request that does not wait for the snapshot to be taken. */
export const headOfTaking: HeadOf = ({ operationId, resourceId }) => ({
  status: 201,
  headers: {
    ...(resourceId !== null && { Location: snapshotPath(resourceId) }),
    ...(operationId !== null && { 'Operation-Location': operationPath(operationId) }),
  },
});

export function presentSnapshot({ document, version }: InstanceDocument): HttpResult {
  return { status: 200, headers: { ETag: etagOf(version) }, body: document };
}

export function presentTaking({ snapshot, snapshotId, operationId }: TakeResult): HttpResult {
  const { headers, body } = presentSnapshot(snapshot);
  const head = headOfTaking({ operationId, resourceId: snapshotId });
  return { status: head.status, headers: { ...headers, ...head.headers }, body };
}

/** 204 if gone, 202 if the deletion is still in progress. */
export function presentSnapshotDeletion({ operationId, remaining }: SnapshotDeletionResult): HttpResult {
  const operation = { 'Operation-Location': operationPath(operationId) };
  if (!remaining) return { status: 204, headers: operation, body: null };
  const { headers, body } = presentSnapshot(remaining);
  return { status: 202, headers: { ...headers, ...operation }, body };
}

/** 200 with the snapshot as it would be. */
export function presentSnapshotForecast(
  action: 'snapshot' | 'delete_snapshot',
  { document }: InstanceDocument,
): HttpResult {
  const becomes = action === 'snapshot' ? 'available' : 'deleted';
  const facts = JSON.stringify({ dryRun: true, action, becomes });
  return { status: 200, headers: {}, body: `${facts.slice(0, -1)},"snapshot":${document}}` };
}
