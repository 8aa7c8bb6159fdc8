import { isLeaseLost } from '../../drivers';
import type { ClaimedOperation } from '../operations';
import { LeasedOperation, type Interruption } from './leased-operation';

const OPERATION: ClaimedOperation = {
  id: 'o',
  tenantId: 't',
  resourceType: 'instance',
  resourceId: 'i',
  type: 'create',
  args: {},
  isBackground: true,
  hostId: 'simulated',
  attempts: 1,
  fence: 1,
  requestId: 'r',
  traceparent: null,
  remainingMs: 1000,
};

const held = (leaseMs = 60_000): LeasedOperation =>
  new LeasedOperation(OPERATION, performance.now(), leaseMs);

describe('the abort signal of an interruption', () => {
  it.each([
    ['lease_lost', true],
    ['shutdown', true],
    ['superseded', false],
    ['timeout', false],
  ] satisfies [Interruption, boolean][])('for %s, isLeaseLost is %s', (why, expected) => {
    const operation = held();
    expect(isLeaseLost(operation.workSignal)).toBe(false);
    operation.interrupt(why);
    operation.end();
    expect(operation.workSignal.aborted).toBe(true);
    expect(isLeaseLost(operation.workSignal)).toBe(expected);
  });

  it('hands the operation over when the lease expires', async () => {
    const { workSignal } = held(1);
    await new Promise((resolve) => workSignal.addEventListener('abort', resolve));
    expect(isLeaseLost(workSignal)).toBe(true);
  });

  it.each([undefined, null, 'lease_lost', new Error('x'), { isLeaseLost: 'true' }])(
    'does not hand the operation over for the reason %j',
    (reason) => expect(isLeaseLost(AbortSignal.abort(reason))).toBe(false),
  );
});
