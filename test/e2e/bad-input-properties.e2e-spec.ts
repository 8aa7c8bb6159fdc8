import fc from 'fast-check';
import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const RUNS = { numRuns: 150, endOnFailure: true };
const LIST_PARAMETERS = [
  'status',
  'type',
  'flavor',
  'name',
  'limit',
  'pageToken',
  'metadata.env',
  'metadata',
];

/** Arbitrary JSON, including lone surrogates, NUL and reserved names. */
const text = fc.string({ unit: 'binary', maxLength: 300 });
const surrogate = fc.constantFrom('\ud800', 'x\udfff', '\u0000', '__proto__', 'constructor', 'toString');
const key = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), surrogate);
const json = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 }),
  fc.dictionary(key, fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 })),
);
const metadata = fc.oneof(fc.dictionary(key, fc.oneof(text, surrogate, fc.constant(null))), json);

/** Nearly valid bodies in which any part may be arbitrary. */
const request = fc.oneof(
  json,
  fc.record(
    {
      name: fc.oneof(text, surrogate, json),
      flavor: fc.oneof(fc.constantFrom('small', 'large'), json),
      type: fc.oneof(fc.constantFrom('vm', 'container'), json),
      imageId: fc.oneof(text, surrogate, json),
      metadata,
      networkIds: fc.oneof(fc.array(text, { maxLength: 40 }), json),
      volumeIds: fc.oneof(fc.array(fc.oneof(text, surrogate)), json),
      createNetwork: json,
      container: fc.oneof(
        fc.record({ env: metadata, command: json, ports: json }, { requiredKeys: [] }),
        json,
      ),
      vm: json,
      userData: fc.oneof(text, surrogate, json),
      sshKeys: fc.oneof(fc.array(fc.oneof(text, surrogate)), json),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    { name: fc.oneof(text, surrogate), flavor: fc.constant('small'), metadata },
    { requiredKeys: ['name', 'flavor'] },
  ),
);

describe('arbitrary input', () => {
  const app = useApp();
  let tenant: Client;

  beforeAll(() => {
    tenant = app.as(newTenant());
  });

  /** Either a success with JSON or a 400 problem. */
  const expectAnswer = (answer: ApiResponse<unknown>, success: number): void => {
    if (answer.status === success) {
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.body).not.toBeNull();
      return;
    }
    expectProblem(answer, { status: 400 });
  };

  it('POST /instances creates the instance it returns, or refuses', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        const answer = await tenant.post<Instance>('/instances', body);
        expectAnswer(answer, 201);
        if (answer.status !== 201) return;
        // Accepted values are stored as they were sent.
        expect(JSON.parse(JSON.stringify(body))).toMatchObject({
          name: answer.body.name,
          flavor: answer.body.flavor,
        });
        const { body: kept } = await tenant.get<Instance>(`/instances/${answer.body.id}`);
        expect([kept.name, kept.metadata]).toEqual([answer.body.name, answer.body.metadata]);
      }),
      RUNS,
    );
  });

  it('PATCH /instances/{id} applies the patch or refuses it', async () => {
    const { id } = await tenant.createRunning();
    await fc.assert(
      fc.asyncProperty(request, async (body) => {
        expectAnswer(await tenant.patch(`/instances/${id}`, body), 200);
      }),
      RUNS,
    );
  });

  it('GET /instances lists or refuses', async () => {
    const parameter = fc.oneof(fc.constantFrom(...LIST_PARAMETERS), fc.string({ unit: 'binary' }));
    const value = fc.oneof(text, fc.constantFrom('running', 'vm', 'small', '1', '1000', '1001'));
    const pairs = fc.array(fc.tuple(parameter, value), { maxLength: 5 });
    const rawQuery = fc.string({
      unit: fc.constantFrom('%', '=', '&', '?', '0', 'F', '.', '[', ']', 'metadata.'),
    });
    const query = fc.oneof(
      pairs.map((parameters) => new URLSearchParams(parameters).toString()),
      rawQuery,
    );
    await fc.assert(
      fc.asyncProperty(query, fc.boolean(), async (parameters, isInHeader) => {
        const answer = isInHeader
          ? await tenant.get('/instances', { 'X-Query': parameters })
          : await tenant.get(`/instances?${parameters}`);
        expectAnswer(answer, 200);
      }),
      RUNS,
    );
  });
});
