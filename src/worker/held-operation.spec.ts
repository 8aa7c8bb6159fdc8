import { isHandedOver } from '../drivers';
import type { ClaimedOperation } from '../operations';
import { HeldOperation, type Interruption } from './held-operation';

const OPERATION: ClaimedOperation = {
  id: 'o',
  tenantId: 't',
  instanceId: 'i',
  type: 'create',
  driver: 'simulated',
  attempts: 1,
  fence: 1,
  requestId: 'r',
  traceparent: null,
  attachmentId: null,
  isForced: false,
  remainingMs: 1000,
};

const held = (leaseMs = 60_000): HeldOperation => new HeldOperation(OPERATION, performance.now(), leaseMs);

describe('the abort signal of an interruption', () => {
  it.each([
    ['lease_lost', true],
    ['shutdown', true],
    ['superseded', false],
    ['timeout', false],
  ] satisfies [Interruption, boolean][])('for %s, isHandedOver is %s', (why, expected) => {
    const operation = held();
    expect(isHandedOver(operation.workSignal)).toBe(false);
    operation.interrupt(why);
    operation.end();
    expect(operation.workSignal.aborted).toBe(true);
    expect(isHandedOver(operation.workSignal)).toBe(expected);
  });

  it('hands the operation over when the lease expires', async () => {
    const { workSignal } = held(1);
    await new Promise((resolve) => workSignal.addEventListener('abort', resolve));
    expect(isHandedOver(workSignal)).toBe(true);
  });

  it.each([undefined, null, 'lease_lost', new Error('x'), { isHandedOver: 'true' }])(
    'does not hand the operation over for the reason %j',
    (reason) => expect(isHandedOver(AbortSignal.abort(reason))).toBe(false),
  );
});
