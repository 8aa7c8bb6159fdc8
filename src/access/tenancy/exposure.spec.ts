import { DRIVER_PLUGINS } from '../../drivers';
import { DriversConfig } from '../../drivers/drivers.config';
import { Settings } from '../../platform/config';
import { exposedTo } from './exposure';
import { TenancyConfig } from './tenancy.config';

const TOKEN = 'x'.repeat(32);
const JWT = {
  AUTH_MODE: 'jwt',
  JWT_JWKS_URL: 'https://id.example/jwks',
  JWT_ISSUER: 'https://id.example',
  JWT_AUDIENCE: 'compute',
};
const DOCKER = { DRIVER_CONTAINER: 'docker' };
const QEMU = { DRIVER_VM: 'qemu' };

describe('exposedTo', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['the simulated engine', {}, []],
    ['containers', DOCKER, ['docker']],
    ['containers without a network', { ...DOCKER, DOCKER_NETWORK: 'none' }, []],
    ['machines with a network of their own', { ...QEMU, QEMU_NETWORK: 'user' }, ['qemu']],
    ['machines on a bridge', { ...QEMU, QEMU_NETWORK: 'bridge:br0' }, ['qemu']],
    ['machines that reach nothing', { ...QEMU, QEMU_NETWORK: 'isolated' }, []],
    ['both', { ...DOCKER, ...QEMU, QEMU_NETWORK: 'user' }, ['docker', 'qemu']],
    ['containers and a gateway that proves itself', { ...DOCKER, GATEWAY_TOKEN: TOKEN }, []],
    ['containers and bearer tokens', { ...DOCKER, ...JWT }, []],
  ])('lists the exposed drivers for %s', (_, environment, expected) => {
    const parts = [TenancyConfig, DriversConfig, ...DRIVER_PLUGINS.map(({ config }) => config)];

    expect(exposedTo(new Settings(parts, []).read(environment))).toEqual(expected);
  });
});
