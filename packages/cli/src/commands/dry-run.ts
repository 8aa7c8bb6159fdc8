import type { DryRunResult } from 'uim-compute-client';
import { mapConcurrently } from '../each-instance';
import { findInstance, type Among, type Reference } from '../references';
import type { Session } from '../session';
import { RESOURCES } from './values';

/** Prints what a change of several instances would do; throws the first refusal. */
export async function printDryRuns(
  session: Session,
  texts: readonly string[],
  check: (reference: Reference) => Promise<DryRunResult>,
  among: Among = {},
): Promise<void> {
  const { client, signal } = session;
  const references = await mapConcurrently(texts, (text) => findInstance(client, text, signal, among));
  const results = await mapConcurrently(references, check);
  await printDryRunResults(session, results);
}

export async function printDryRunResults(session: Session, results: readonly DryRunResult[]): Promise<void> {
  const [first] = results;
  const rows = results.flatMap((result) =>
    (result.instances ?? (result.instance ? [result.instance] : [])).map(({ name }) => ({ name, result })),
  );
  await session.print({
    document: results.length === 1 ? first : { results },
    rows,
    columns: [
      { title: 'NAME', text: ({ name }) => name },
      { title: 'ACTION', text: ({ result }) => result.action },
      { title: 'RESULT', text: ({ result }) => `possible, would become ${result.becomes}` },
      { title: 'QUOTA LEFT', text: ({ result }) => quotaLeft(result) },
    ],
    name: ({ name }) => name,
  });
}

/** What would be left of each limit after a create. */
function quotaLeft({ quota }: DryRunResult): string {
  if (!quota) return '-';
  const { limits, usage, requested } = quota;
  const left = RESOURCES.filter((resource) => limits[resource] >= 0).map(
    (resource) => `${resource} ${limits[resource] - usage[resource] - requested[resource]}`,
  );
  return left.length === 0 ? 'unlimited' : left.join(', ');
}
