import { readConfig, settingWarnings } from './environment';

const timeoutOf = (variables: NodeJS.ProcessEnv): number => readConfig(variables).platformServices.timeoutMs;

describe('a renamed setting', () => {
  it('is still read by its former name, with one warning', () => {
    const variables = { NEIGHBOUR_TIMEOUT_MS: '1234' };

    expect(timeoutOf(variables)).toBe(1234);
    expect(settingWarnings(variables)).toEqual([
      'NEIGHBOUR_TIMEOUT_MS is deprecated: use SERVICE_TIMEOUT_MS instead',
    ]);
  });

  it('is read by its current name if both have a value', () => {
    const variables = { NEIGHBOUR_TIMEOUT_MS: '1234', SERVICE_TIMEOUT_MS: '4321' };

    expect(timeoutOf(variables)).toBe(4321);
    expect(settingWarnings(variables)).toEqual([
      'NEIGHBOUR_TIMEOUT_MS is deprecated and ignored, because SERVICE_TIMEOUT_MS is set: remove it',
    ]);
  });

  it('is read by its former name if the current one is empty, as compose files pass it', () => {
    expect(timeoutOf({ NEIGHBOUR_TIMEOUT_MS: '1234', SERVICE_TIMEOUT_MS: '' })).toBe(1234);
    expect(timeoutOf({ NEIGHBOUR_TIMEOUT_MS: '', SERVICE_TIMEOUT_MS: '' })).toBe(3000);
  });

  it('is checked like its current name', () => {
    expect(() => readConfig({ NEIGHBOUR_TIMEOUT_MS: '1' })).toThrow('SERVICE_TIMEOUT_MS must be');
  });
});
