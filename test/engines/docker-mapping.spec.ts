import { aContainer, call, callFor, driverOf, onContainerEngines } from '../support/engines';

const MAPPED = { DOCKER_NETWORK_NAME: 'net-{id}', DOCKER_VOLUME_NAME: 'vol-{id}' };

onContainerEngines('networks and volumes of the engine', (on) => {
  const make = (kind: 'networks' | 'volumes', Name: string, tenant: string) =>
    call(on().engine.socket, 'POST', `/${kind}/create`, { Name, Labels: { 'uim.tenant-id': tenant } });
  const networksOf = async (id: string): Promise<string[]> => {
    const { NetworkSettings } = await call<{ NetworkSettings: { Networks: object } }>(
      on().engine.socket,
      'GET',
      `/containers/uim-${id}/json`,
    );
    return Object.keys(NetworkSettings.Networks);
  };

  it('are attached to an instance by mapped names; networks follow at the next start', async () => {
    await make('networks', 'net-one', 'tenant-a');
    await make('networks', 'net-two', 'tenant-a');
    await make('volumes', 'vol-data', 'tenant-a');
    const driver = driverOf(on().engine, MAPPED);
    const script = 'echo kept >/volumes/data/file; cat /volumes/data/file; exec sleep 600';
    const instance = aContainer({ script }, { networkIds: ['one'], volumeIds: ['data'] });
    on().willBeMade(instance);
    await driver.create(callFor(instance));
    await on().printed(instance, /^kept$/m);
    expect(await networksOf(instance.id)).toContain('net-one');
    await driver.stop(callFor(instance));
    await driver.start(callFor({ ...instance, networkIds: ['two'] }));
    const names = await networksOf(instance.id);
    expect(names).toContain('net-two');
    expect(names).not.toContain('net-one');
    await driver.destroy(callFor(instance));
    const { Volumes } = await call<{ Volumes: readonly { Name: string }[] }>(
      on().engine.socket,
      'GET',
      '/volumes',
    );
    expect(Volumes.map(({ Name }) => Name)).toEqual(['vol-data']);
  });

  it.each([
    ['of another tenant', { networkIds: ['theirs'] }],
    ['of another tenant', { volumeIds: ['theirs'] }],
    ['not there', { networkIds: ['none'] }],
    ['not there', { volumeIds: ['none'] }],
    ['called like a path', { networkIds: ['../../containers'] }],
    ['called like a path', { volumeIds: ['../../etc'] }],
  ])('are rejected permanently when %s: %j', async (_, parts) => {
    await make('networks', 'net-theirs', 'tenant-b').catch(() => undefined);
    await make('volumes', 'vol-theirs', 'tenant-b').catch(() => undefined);
    const driver = driverOf(on().engine, MAPPED);
    const instance = aContainer({}, parts);
    await expect(driver.create(callFor(instance))).rejects.toMatchObject({
      name: 'DriverError',
      retryable: false,
    });
    expect(await driver.inspect(callFor(instance))).toEqual({ presence: 'absent' });
  });

  it('are ignored if names are not mapped', async () => {
    const instance = await on().created(aContainer({}, { networkIds: ['../x'], volumeIds: ['none'] }));
    expect(await on().inspect(instance)).toMatchObject({ presence: 'present', power: 'running' });
  });
});
