import { TargetRules } from './target-rules';
import { WebhooksConfig } from '../webhooks.config';

const rulesOf = (environment: Readonly<Record<string, string>> = {}): TargetRules =>
  new TargetRules(new WebhooksConfig(environment));

describe('webhooks', () => {
  it.each([
    '0.0.0.0',
    '10.255.255.255',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.0.1',
    '198.19.255.255',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::a00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'localhost',
    '',
  ])('may not connect to %s', (address) => expect(rulesOf().isAllowed(address)).toBe(false));

  it.each([
    '8.8.8.8',
    '100.63.255.255',
    '126.255.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '223.255.255.255',
    '2001:200::1',
    '2606:4700::1111',
  ])('may connect to %s', (address) => expect(rulesOf().isAllowed(address)).toBe(true));

  it('may connect to the networks that the operator allows, and to no others', () => {
    const rules = rulesOf({ WEBHOOK_ALLOWED_NETWORKS: '10.20.0.0/16, fd00:1::/32,127.0.0.2/32' });
    for (const address of ['10.20.255.1', 'fd00:1::7', '127.0.0.2', '8.8.8.8'])
      expect([address, rules.isAllowed(address)]).toEqual([address, true]);
    for (const address of ['10.21.0.1', 'fd00:2::7', '127.0.0.1'])
      expect([address, rules.isAllowed(address)]).toEqual([address, false]);
  });
});
