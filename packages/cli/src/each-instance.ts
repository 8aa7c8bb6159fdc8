import type { Instance } from 'uim-compute-client';
import { failureOf, printFailure, SeveralFailedError } from './failures';
import { printInstances } from './instance-output';
import { findInstance, type Among, type Reference } from './references';
import type { Session } from './session';

/** Requests at the same time. */
const CONCURRENCY = 8;

type Outcome = { readonly instance: Instance | undefined } | { readonly error: unknown };

/**
 * Finds all instances first, so that a typing error changes nothing; then acts on each and prints the resulting
 * instances in the order of the command line. If the action fails for some, it is still done for the others.
 * @throws the error of a single instance, or {SeveralFailedError} after all errors are printed
 */
export async function onEachInstance(
  session: Session,
  texts: readonly string[],
  action: (reference: Reference) => Promise<Instance | undefined>,
  among: Among = {},
): Promise<void> {
  const { client, signal, terminal } = session;
  const found = await mapConcurrently(texts, (text) => findInstance(client, text, signal, among));
  const references = [...new Map(found.map((each) => [each.id, each])).values()];
  const outcomes = await mapConcurrently(references, (reference): Promise<Outcome> =>
    action(reference).then(
      (instance) => ({ instance }),
      (error: unknown) => ({ error }),
    ),
  );
  terminal.endProgress();
  const instances = outcomes.flatMap((outcome) =>
    'instance' in outcome && outcome.instance ? [outcome.instance] : [],
  );
  // By the number of arguments, so that the shape of the JSON does not depend on what succeeds.
  const document = references.length === 1 ? instances[0] : { instances };
  if (instances.length > 0) await printInstances(session, instances, document);
  const [only] = outcomes;
  if (outcomes.length === 1 && only && 'error' in only) throw only.error;
  reportFailures(session, references, outcomes);
}

function reportFailures(
  { terminal, format, context }: Session,
  references: readonly Reference[],
  outcomes: readonly Outcome[],
): void {
  const codes = new Set<number>();
  for (const [index, outcome] of outcomes.entries()) {
    if (!('error' in outcome)) continue;
    const failure = failureOf(outcome.error, context.baseUrl);
    codes.add(failure.exitCode);
    printFailure(terminal, failure, { format, of: references[index]?.name });
  }
  const [code] = codes;
  if (code !== undefined) throw new SeveralFailedError(codes.size === 1 ? code : undefined);
}

/** Results in the order of the items. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  call: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await call(next[1]);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, work));
  return results;
}
