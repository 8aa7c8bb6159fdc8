import { randomBytes } from 'node:crypto';
import type { Problem } from '../../src/platform/http/problems/problem';
import type { ApiResponse, Client, RequestHeaders } from './client';
import { eventually } from './eventually';

/** More large instances than any test file system can hold. */
export const MAX_CREATES = 1500;
export const PATIENCE = { withinMs: 60_000 };

type CreateAnswer = ApiResponse<Problem & { readonly id: string }>;

interface Readiness {
  readonly code?: string;
  readonly checks: { readonly database: { readonly status: string; readonly detail: string } };
}

/** Creates an instance with 60 kB of incompressible metadata. */
export function createLarge(tenant: Client, headers?: RequestHeaders): Promise<CreateAnswer> {
  const metadata = Object.fromEntries(
    Array.from({ length: 58 }, (_, key) => [`key-${key}`, randomBytes(510).toString('hex')]),
  );
  return tenant.post('/instances', { name: 'web', flavor: 'small', metadata }, headers);
}

/** Creates instances until the first rejection; returns the acknowledged ids. */
export async function createUntilRefused(tenant: Client): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let count = 0; count < MAX_CREATES; count++) {
    const answer = await createLarge(tenant);
    if (answer.status !== 201) {
      expectWriteRefused(answer);
      return acknowledged;
    }
    acknowledged.push(answer.body.id);
  }
  throw new Error('the disk never became full');
}

export function expectWriteRefused({ status, headers, body }: ApiResponse<Problem>): void {
  expect([status, body.code, body.retryable]).toEqual([503, 'database_unavailable', true]);
  expect(headers.get('retry-after')).toBe('1');
}

/** Checks that the process is alive, but not ready because of its database. */
export async function expectNotReady(tenant: Client, detail: RegExp): Promise<void> {
  for (const path of ['/health', '/health/live']) {
    expect([path, (await tenant.request(path)).status]).toEqual([path, 200]);
  }
  await eventually(async () => {
    const { status, body } = await tenant.request<Readiness>('/health/ready');
    expect([status, body.code, body.checks.database.status]).toEqual([503, 'not_ready', 'down']);
    expect(body.checks.database.detail).toMatch(detail);
  }, PATIENCE);
}

export async function expectReady(tenant: Client): Promise<void> {
  await eventually(async () => expect((await tenant.request('/health/ready')).status).toBe(200), PATIENCE);
}

export async function expectAllRunning(tenant: Client, ids: readonly string[]): Promise<void> {
  for (const id of ids) await tenant.reaches(id, 'running', PATIENCE);
}
