import { Settings } from '../platform/config';
import { PlatformServicesConfig } from './platform-services.config';

const settings = new Settings([PlatformServicesConfig], []);

const timeoutOf = (variables: NodeJS.ProcessEnv): number => new PlatformServicesConfig(variables).timeoutMs;

describe('a renamed setting', () => {
  it('is still read by its former name, with one warning', () => {
    const variables = { NEIGHBOUR_TIMEOUT_MS: '1234' };

    expect(timeoutOf(variables)).toBe(1234);
    expect(settings.warnings(variables)).toEqual([
      'NEIGHBOUR_TIMEOUT_MS is deprecated: use SERVICE_TIMEOUT_MS instead',
    ]);
  });

  it('is read by its current name if both have a value', () => {
    const variables = { NEIGHBOUR_TIMEOUT_MS: '1234', SERVICE_TIMEOUT_MS: '4321' };

    expect(timeoutOf(variables)).toBe(4321);
    expect(settings.warnings(variables)).toEqual([
      'NEIGHBOUR_TIMEOUT_MS is deprecated and ignored, because SERVICE_TIMEOUT_MS is set: remove it',
    ]);
  });

  it('is read by its former name if the current one is empty, as compose files pass it', () => {
    expect(timeoutOf({ NEIGHBOUR_TIMEOUT_MS: '1234', SERVICE_TIMEOUT_MS: '' })).toBe(1234);
    expect(timeoutOf({ NEIGHBOUR_TIMEOUT_MS: '', SERVICE_TIMEOUT_MS: '' })).toBe(3000);
  });

  it('is checked like its current name', () => {
    expect(() => new PlatformServicesConfig({ NEIGHBOUR_TIMEOUT_MS: '1' })).toThrow(
      'SERVICE_TIMEOUT_MS must be',
    );
  });
});
