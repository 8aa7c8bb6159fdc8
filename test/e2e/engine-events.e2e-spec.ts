import { eventually } from '../support/eventually';
import { EventfulTinyDriver, TinyEvents } from '../support/tiny-events';
import { newTenant } from '../support/use-app';
import { useEngine } from '../support/use-engine';

/** The periodic comparison is off: only events move these instances. */
describe('the events of an engine', () => {
  let events: TinyEvents;
  beforeAll(async () => {
    events = await TinyEvents.start();
  });
  const suite = useEngine({}, ({ url }) => new EventfulTinyDriver(url, events.port));
  afterAll(() => events.stop());

  const ended = (id: string, reason: string): void =>
    suite.engine.put(id, { presence: 'present', power: 'stopped', reason });

  it('stop an instance whose guest has ended, with the reason', async () => {
    const tenant = suite.app.as(newTenant());
    const { id, version } = await tenant.createRunning();
    ended(id, 'exited with code 3');
    events.say(id);
    expect(await tenant.reaches(id, 'stopped')).toMatchObject({
      statusReason: 'exited with code 3',
      version: version + 1,
    });
  });

  it('mark an instance that the engine has lost', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    suite.engine.machines.delete(id);
    events.say(id.toUpperCase());
    await tenant.reaches(id, 'error');
  });

  it('of instances that do not exist change nothing', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    events.say('11111111-1111-7111-8111-111111111111');
    events.say('not an id');
    ended(id, 'it is over');
    events.say(id);
    await tenant.reaches(id, 'stopped');
  });

  it('are missed while the connection is lost, so that everything is compared afterwards', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    ended(id, 'nobody heard it');
    events.cut();
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe('nobody heard it');
    await eventually(() => expect(events.listeners).toBe(1));
  });
});
