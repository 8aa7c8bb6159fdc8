import { settings } from './settings';

describe('warnings about settings', () => {
  it.each([
    ['QOUTA_INSTANCES', 'QUOTA_INSTANCES'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['log_level', 'LOG_LEVEL'],
    ['QUOTA_MAX_INSTANCES', 'QUOTA_INSTANCES'],
    ['JWT_JWKS_TIMEOUT_SECONDS', 'JWT_JWKS_TIMEOUT_MS'],
    ['NETWORK_SERVICE_URLS', 'NETWORK_SERVICE_URL'],
  ])('%s: suggests %s', (name, nearest) => {
    expect(settings.warnings({ [name]: 'secret' })).toEqual([
      `${name} is not a setting: did you mean ${nearest}?`,
    ]);
  });

  it('does not warn about settings and variables of other programs', () => {
    const others = [
      'PORT HOST DATABASE_URL PATH HOME HOSTNAME USER PWD SHELL TERM NODE_ENV NODE_OPTIONS LANG LC_ALL TZ',
      'KUBERNETES_SERVICE_HOST KUBERNETES_PORT_443_TCP_ADDR NETWORK_SERVICE_HOST NETWORK_SERVICE_PORT',
      'NETWORK_PORT_8083_TCP_PROTO WORKER_PORT WORKER_SERVICE_PORT_HTTP STORAGE_SERVICE_SERVICE_HOST',
      'DOCKER_CONFIG DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_BUILDKIT DOCKER_API_VERSION',
      'POSTGRES_PASSWORD COMPUTE_PORT COMPUTE_2_PORT PGHOST PGPASSWORD OTEL_SERVICE_NAME HTTP_PROXY NO_PROXY',
    ].flatMap((line) => line.split(' '));
    expect(settings.warnings(Object.fromEntries(others.map((name) => [name, 'x'])))).toEqual([]);
  });
});
