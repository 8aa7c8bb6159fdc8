/**
 * Types that users of the client rely on. Compiled only: with the sources by `npm run types`, and with the
 * packed client by test/e2e/packages.e2e-spec.ts.
 */
import {
  type ComputeClient,
  type CreatedInstances,
  type CreateInstance,
  type DryRunResult,
  type Instance,
  type ProblemError,
  type RunningCommand,
  type StreamedEvent,
  unwrap,
} from 'uim-compute-client';

/** Also distinguishes `any` and `never` from everything else. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : ['differ', A, B];
type Result<Method extends (...parameters: never) => unknown> = Awaited<ReturnType<Method>>;
type Items<T> = AsyncGenerator<T, void, undefined>;

export const expectations: readonly [
  Same<Result<ComputeClient['create']>, Instance>,
  Same<Result<ComputeClient['createMany']>, CreatedInstances>,
  Same<Result<ComputeClient['delete']>, Instance | undefined>,
  Same<Result<ComputeClient['dryRun']['create']>, DryRunResult>,
  Same<ReturnType<ComputeClient['list']>, Items<Instance>>,
  Same<ReturnType<ComputeClient['followEvents']>, Items<StreamedEvent>>,
  Same<ReturnType<ComputeClient['followConsole']>, Items<string>>,
  Same<Result<ComputeClient['sessions']['exec']>, RunningCommand>,
  Same<
    Instance['status'],
    'creating' | 'running' | 'paused' | 'stopped' | 'restarting' | 'error' | 'deleted'
  >,
  Same<Instance['deletionProtection'], boolean>,
  Same<CreateInstance['deletionProtection'], boolean | undefined>,
  Same<ProblemError['retryable'], boolean>,
  Same<ProblemError['problem']['somethingElse'], unknown>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true];

/** Options that may be undefined are passed as they are, also with `exactOptionalPropertyTypes`. */
export async function use(
  client: ComputeClient,
  unset: { readonly signal: AbortSignal | undefined; readonly flag: boolean | undefined },
  id: string,
): Promise<void> {
  const { signal, flag } = unset;
  const request = { name: 'web', flavor: 'small', deletionProtection: flag, imageId: undefined };
  await client.create(request, { signal, idempotencyKey: undefined });
  await client.createMany({ ...request, count: 2 });
  await client.dryRun.create(request, { count: undefined, signal });
  await client.update(id, { name: undefined, metadata: { role: null } }, { ifVersion: undefined });
  await client.delete(id, { force: flag, signal });
  await client.console(id, { lines: undefined });
  await client.sessions.exec(id, { command: ['true'], env: undefined, tty: undefined }, { signal });
  const seen: string[] = [];
  for await (const { status } of client.list({ status: undefined, metadata: undefined })) seen.push(status);
  for await (const { event } of client.followEvents({ signal, onOpen: undefined })) seen.push(event.type);
  const { flavors } = await unwrap(client.routes.GET('/api/v1/compute/flavors'));
  for (const { name } of flavors) seen.push(name);

  is<Promise<Instance>>()(client.waitFor(id, 'running', { timeoutSeconds: undefined }), true);
  is<Promise<undefined>>()(client.waitFor(id, 'deleted'), true);
}

declare function is<Expected>(): <Actual>(value: Actual, isExpected: Same<Actual, Expected>) => void;
