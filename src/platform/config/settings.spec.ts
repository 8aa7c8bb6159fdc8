import { ConfigurationError } from './configuration.error';
import { defineConfig } from './define-config';
import { Settings } from './settings';
import { integer, text } from './validators';

class StoreConfig extends defineConfig({
  title: 'Store',
  variables: {
    STORE_DIR: text({ default: 'data', desc: 'Directory' }),
    STORE_WAIT_SECONDS: integer(0, 9, { default: 3, desc: 'Time limit' }),
  },
  config: (env) => ({ dir: env.STORE_DIR, wait: { ms: env.STORE_WAIT_SECONDS * 1000 } }),
}) {}

class CacheConfig extends defineConfig({
  title: 'Cache',
  variables: { CACHE_DIR: text({ default: '', desc: 'Directory; empty means cache in STORE_DIR' }) },
  uses: StoreConfig.variables,
  problems: (env) => (env.CACHE_DIR === env.STORE_DIR ? ['CACHE_DIR must differ from STORE_DIR'] : []),
  config: (env) => ({ dir: env.CACHE_DIR || `${env.STORE_DIR}/cache` }),
}) {}

const settings = new Settings([StoreConfig, CacheConfig], []);

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    settings.read(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('declared settings', () => {
  it('become a frozen instance of their class, in the units of the code', () => {
    const config = settings.read({ STORE_WAIT_SECONDS: '2' }).get(StoreConfig);

    expect(config).toBeInstanceOf(StoreConfig);
    expect(config).toEqual({ dir: 'data', wait: { ms: 2000 } });
    expect(Object.isFrozen(config) && Object.isFrozen(config.wait)).toBe(true);
  });

  it('can depend on the variables of another class', () => {
    expect(new CacheConfig({ STORE_DIR: '/srv' }).dir).toBe('/srv/cache');
  });

  it('report an invalid variable that several classes use once', () => {
    expect(problemsOf({ STORE_WAIT_SECONDS: '10' })).toEqual([
      'STORE_WAIT_SECONDS must be an integer from 0 to 9',
    ]);
  });

  it('report invalid combinations of valid variables', () => {
    expect(problemsOf({ CACHE_DIR: 'data' })).toEqual(['CACHE_DIR must differ from STORE_DIR']);
  });

  it('are available only for listed classes', () => {
    expect(() => new Settings([StoreConfig], []).read({}).get(CacheConfig)).toThrow(
      'CacheConfig is not among the settings',
    );
  });
});
