import { CommandInput } from './command-input';
import { InputBudget } from './input-budget';

const REFUSED = { name: 'DriverError', retryable: true };

describe('the standard input of a command that has not started', () => {
  async function typed(budget: InputBudget, tenantId: string, bytes: number): Promise<CommandInput> {
    const input = new CommandInput(tenantId, budget);
    input.stdin.on('error', () => undefined);
    input.stdin.end(Buffer.alloc(bytes));
    await input.ended;
    return input;
  }

  it('is copied, so that many small parts take no more memory than their bytes', async () => {
    const input = new CommandInput('a', new InputBudget());
    const part = Buffer.from('x');
    for (let count = 0; count < 3000; count++) input.stdin.write(part);
    part.write('y');
    input.stdin.end('z');
    await input.ended;
    expect(input.content().toString()).toBe(`${'x'.repeat(3000)}z`);
    expect(input.content().buffer.byteLength).toBeLessThanOrEqual(8192);
  });

  it('is limited for a tenant and for the process, until it is released', async () => {
    const budget = new InputBudget({ bytes: 250, ofTenant: 100 });
    const first = await typed(budget, 'a', 100);
    await expect(typed(budget, 'a', 1)).rejects.toMatchObject(REFUSED);
    await typed(budget, 'b', 100);
    await typed(budget, 'c', 50);
    await expect(typed(budget, 'd', 1)).rejects.toMatchObject(REFUSED);
    first.release();
    first.release();
    await typed(budget, 'a', 100);
    await expect(typed(budget, 'd', 1)).rejects.toMatchObject(REFUSED);
  });

  it('is dropped when it arrives after the release', async () => {
    const budget = new InputBudget({ bytes: 100, ofTenant: 100 });
    const input = new CommandInput('a', budget);
    input.release();
    input.stdin.end(Buffer.alloc(1000));
    await input.ended;
    expect(input.content()).toHaveLength(0);
    await typed(budget, 'a', 100);
  });
});
