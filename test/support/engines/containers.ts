import { newId } from '../../../src/platform/values/uuid';
import { DockerConfig } from '../../../src/drivers/docker/docker.config';
import { NO_GUEST, type GuestSpec, type InstanceSpec } from '../../../src/drivers';
import { Clock } from '../../../src/platform/async/clock';
import { DockerDriver } from '../../../src/drivers/docker/docker.driver';
import { anInstanceSpec } from '../builders';
import { call, TEST_IMAGE, type Engine } from './engine';

/** Exits at once on SIGTERM; a shell running as PID 1 would ignore it. */
const OBEYS = 'trap "exit 0" TERM INT; ';

/** Waits until it is stopped. A loop of short sleeps would take 4 % of a processor. */
const IDLING = `${OBEYS}sleep 1000000 & wait`;

/** Requests a container that does nothing. */
export const IDLE_CONTAINER = {
  type: 'container',
  imageId: TEST_IMAGE,
  container: { command: ['/bin/sh', '-c', IDLING] },
};

/** Prints a line every 0.1 s until it is stopped. */
export const TICKING = `${OBEYS}i=0; while :; do i=$((i+1)); echo "tick $i"; sleep 0.1 & wait $!; done`;

/** The same, and serves "hello from NAME" on port 8080. */
export const serving = (name: string): string =>
  `(while :; do echo "hello from ${name}" | nc -l -p 8080; done) & ${TICKING}`;

/** A separate driver for an engine, like that of a replica. */
export function driverOf(engine: Engine, settings: Readonly<Record<string, string>> = {}): DockerDriver {
  const docker = new DockerConfig({
    DOCKER_HOST: `unix://${engine.socket}`,
    DOCKER_STOP_SECONDS: '2',
    DOCKER_PUBLISH_ADDRESS: engine.address,
    ...settings,
  });
  return new DockerDriver(docker, settings['DEPLOYMENT_NAME'] ?? 'engine-test', new Clock());
}

/** A container of the test image; tests set only the values that matter to them. */
export function aContainer(
  guest: Partial<GuestSpec> & { script?: string } = {},
  parts: Partial<InstanceSpec> = {},
): InstanceSpec {
  const { script = TICKING, ...rest } = guest;
  return anInstanceSpec({
    id: newId(),
    type: 'container',
    imageId: TEST_IMAGE,
    guest: { ...NO_GUEST, command: ['/bin/sh', '-c', script], ...rest },
    ...parts,
  });
}

interface StoredImage {
  readonly Id: string;
  readonly Labels: Readonly<Record<string, string>> | null;
}

/** Ids of all images of snapshots, with or without a name. */
export async function snapshotImages({ socket }: Engine): Promise<string[]> {
  const all = await call<readonly StoredImage[]>(socket, 'GET', '/images/json?all=1');
  return all.filter(({ Labels }) => Labels?.['uim.snapshot-id'] !== undefined).map(({ Id }) => Id);
}
