import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ImageCheck } from '../../src/drivers';
import { describeWhere } from '../support/describe-where';
import {
  aContainer,
  call,
  callFor,
  driverOf,
  startDockerd,
  whyNotDockerd,
  type Engine,
} from '../support/engines';
import { RegistryPeer } from '../support/engines/registry';

const run = promisify(execFile);
const USER = 'robot';
const PASSWORD = 'correct horse';

describeWhere(whyNotDockerd(), 'an image from a registry, on Docker Engine', () => {
  let engine: Engine;
  let registry: RegistryPeer;
  let image: string;
  let digest: string;

  beforeAll(async () => {
    engine = await startDockerd();
    registry = await RegistryPeer.start(engine.hostAddress, { user: USER, password: PASSWORD });
    image = `${registry.name}/team/app:1`;
    digest = registry.serve('team/app', '1', await layerOf());
  });
  afterAll(async () => {
    await registry.stop();
    await engine.stop();
  });
  beforeEach(async () => {
    registry.asked = 0;
    for (const name of [image, `${registry.name}/team/app@${digest}`]) {
      await call(engine.socket, 'DELETE', `/images/${name}?force=1`).catch(() => undefined);
    }
  });

  const settings = (more: Readonly<Record<string, string>> = {}) => ({
    DOCKER_REGISTRY: registry.name,
    DOCKER_REGISTRY_USER: USER,
    DOCKER_REGISTRY_PASSWORD: PASSWORD,
    ...more,
  });

  it('is pulled with credentials if it is missing, with progress, and is kept', async () => {
    const driver = driverOf(engine, settings());
    const instance = aContainer({}, { imageId: 'mine', image: { kind: 'name', name: image } });
    const progress: string[] = [];
    await driver.create(callFor(instance, { progress: (text) => progress.push(text) }));
    expect(await driver.inspect(callFor(instance))).toMatchObject({ presence: 'present', power: 'running' });
    expect(progress[0]).toBe(`pulling ${image}`);
    expect(progress.at(-1)).toMatch(/: \d+ %$/);
    await driver.destroy(callFor(instance));
    const { asked } = registry;
    await driver.create(callFor(instance));
    await driver.destroy(callFor(instance));
    expect(registry.asked).toBe(asked);
  });

  it('is requested from the registry each time with the policy "always"', async () => {
    const driver = driverOf(engine, settings({ DOCKER_PULL: 'always' }));
    for (const least of [1, 2]) {
      const instance = aContainer({}, { imageId: image });
      await driver.create(callFor(instance));
      await driver.destroy(callFor(instance));
      expect(registry.asked).toBeGreaterThanOrEqual(least);
    }
  });

  it('is rejected permanently without valid credentials for this registry', async () => {
    for (const driver of [
      driverOf(engine),
      driverOf(engine, settings({ DOCKER_REGISTRY: 'registry.example.com' })),
      driverOf(engine, settings({ DOCKER_REGISTRY_PASSWORD: 'wrong' })),
    ]) {
      await expect(driver.create(callFor(aContainer({}, { imageId: image })))).rejects.toMatchObject({
        retryable: false,
        message: `The registry requires (other) credentials for the image ${image}`,
      });
    }
  });

  it('is rejected permanently if it is not in the registry', async () => {
    const driver = driverOf(engine, settings());
    const missing = `${registry.name}/team/none:1`;
    await expect(driver.create(callFor(aContainer({}, { imageId: missing })))).rejects.toMatchObject({
      retryable: false,
      message: `Image ${missing} was not found in its registry`,
    });
  });

  it('is checked under the names that it has after a pull by digest', async () => {
    const driver = driverOf(engine, settings());
    const instance = aContainer({}, { imageId: `${registry.name}/team/app:7@${digest}` });
    const checked: string[] = [];
    const imageCheck =
      (isAllowed: boolean): ImageCheck =>
      (names) => {
        checked.push(...names.map(({ name }) => name));
        return isAllowed;
      };
    await expect(driver.create(callFor(instance, { imageCheck: imageCheck(false) }))).rejects.toMatchObject({
      retryable: false,
      message: `Image ${registry.name}/team/app@${digest} was not found in its registry`,
    });
    expect(await driver.inspect(callFor(instance))).toEqual({ presence: 'absent' });
    expect(checked).toEqual([`${registry.name}/team/app@${digest}`]);
    await driver.create(callFor(instance, { imageCheck: imageCheck(true) }));
    expect(await driver.inspect(callFor(instance))).toMatchObject({ presence: 'present', power: 'running' });
    await driver.destroy(callFor(instance));
  });

  it('does not delay an aborted create while it is being pulled', async () => {
    const driver = driverOf(engine, settings());
    const ending = new AbortController();
    const held = registry.hold();
    const instance = aContainer({}, { imageId: image });
    const creating = driver.create(callFor(instance, { signal: ending.signal }));
    await held.isAsked;
    ending.abort();
    await expect(creating).rejects.toMatchObject({ name: 'DriverError' });
    held.release();
    expect(await driver.inspect(callFor(instance))).toEqual({ presence: 'absent' });
  });

  it('causes a retryable error if the registry is unreachable', async () => {
    const driver = driverOf(engine);
    const away = `${engine.hostAddress}:1/team/app:1`;
    await expect(driver.create(callFor(aContainer({}, { imageId: away })))).rejects.toMatchObject({
      name: 'DriverError',
      retryable: true,
    });
  });
});

/** BusyBox and the links that the tests use, with incompressible padding so that the pull reports progress. */
async function layerOf(): Promise<Buffer> {
  const script = `
    set -e; dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; mkdir -p "$dir/bin" "$dir/tmp"
    cp "$(command -v busybox)" "$dir/bin/busybox"
    for each in sh sleep echo; do ln -s busybox "$dir/bin/$each"; done
    head -c 3000000 /dev/urandom >"$dir/padding"
    tar --create --directory "$dir" --owner 0 --group 0 --numeric-owner .`;
  const { stdout } = await run('/bin/bash', ['-c', script], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 ** 2,
  });
  return stdout;
}
