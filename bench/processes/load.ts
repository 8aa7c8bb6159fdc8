import autocannon, { type Client, type Request, type Result } from 'autocannon';
import { serve } from '../support/helper';
import { idIn } from '../support/instances';
import type { Load, LoadRequest, LoadResult } from '../support/load-generator';

serve(async (task) => {
  if (!isLoad(task)) throw new TypeError('this is no load');
  const ids: string[] = [];
  const keep = task.keepsIds === true ? (id: string) => ids.push(id) : undefined;
  return summarise(await shoot(task, keep), ids);
});

async function shoot(load: Load, keep: ((id: string) => void) | undefined): Promise<Result> {
  for (const count of [load.connections, load.amount ?? 1]) {
    // autocannon accepts such a value but then never ends.
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`${count} is not a whole number of at least 1`);
  }
  let turn = 0;
  const requests = load.requests.map((request) => toRequest(request, keep));
  return autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    timeout: 30,
    ...(load.amount !== undefined && { amount: load.amount }),
    ...(load.rate !== undefined && { overallRate: load.rate }),
    requests,
    setupClient: (client: Client) => {
      const first = Math.floor((turn++ * requests.length) / load.connections);
      client.setRequests([...requests.slice(first), ...requests.slice(0, first)]);
    },
  });
}

function toRequest(
  { method, path, headers, body }: LoadRequest,
  keep: ((id: string) => void) | undefined,
): Request {
  return {
    method,
    path,
    headers: { ...headers },
    ...(body !== undefined && { body }),
    ...(keep && {
      onResponse: (status: number, answer: string) => {
        const id = status === 201 ? idIn(answer) : undefined;
        if (id !== undefined) keep(id);
      },
    }),
  };
}

function summarise(result: Result, ids: readonly string[]): LoadResult {
  return {
    answered: result['2xx'],
    failed: result.non2xx + result.errors,
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    ids,
  };
}

function isLoad(task: unknown): task is Load {
  return typeof task === 'object' && task !== null && 'url' in task && 'requests' in task;
}
