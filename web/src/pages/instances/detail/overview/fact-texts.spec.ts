import { describe, expect, it } from '@jest/globals';
import { endpointOf, probeText } from './fact-texts';

describe('facts of an instance', () => {
  it('writes addresses so that they can be pasted elsewhere', () => {
    expect(endpointOf({ address: '127.0.0.1', hostPort: 80 })).toBe('127.0.0.1:80');
    expect(endpointOf({ address: '::1', hostPort: 80 })).toBe('[::1]:80');
  });

  it('describes each kind of probe', () => {
    expect(probeText({ kind: 'http', port: 80, path: '/health', timeoutSeconds: 300 })).toContain(
      '80/health',
    );
    expect(probeText({ kind: 'exec', command: ['pg_isready', '-q'], timeoutSeconds: 300 })).toContain(
      'pg_isready -q',
    );
    expect(probeText({ kind: 'serial', text: 'login:', timeoutSeconds: 300 })).toContain('login:');
    expect(probeText({ kind: 'port', timeoutSeconds: 300 })).toContain('probe');
  });
});
