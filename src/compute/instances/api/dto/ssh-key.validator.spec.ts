import { isSshKey, withoutFinalNewline } from './ssh-key.validator';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPHbF0';

describe('isSshKey', () => {
  it.each([
    KEY,
    `${KEY} anna@desk`,
    `${KEY}\tanna at her desk, "quoted", ä`,
    `${KEY} `,
    'sk-ssh-ed25519@openssh.com AAAA',
    'ecdsa-sha2-nistp256  AAAA=',
    `restrict ${KEY}`,
    `restrict,command="uptime" ${KEY} anna@desk`,
    `command="echo \\"a b\\", done",no-pty,from="10.0.0.0/8,*.example.com"\t${KEY}`,
    `command="C:\\\\tools\\x" ${KEY}`,
    `environment="A=b",permitopen="[::1]:80" ${KEY}`,
    `cert-authority,principals="" ${KEY}`,
  ])('accepts %j', (line) => {
    expect(isSshKey(line)).toBe(true);
  });

  it.each([
    '',
    'ssh-ed25519',
    'ssh-ed25519 ???',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    '# a comment',
    ` ${KEY}`,
    `${KEY}\n`,
    `${KEY}\n${KEY}`,
    `${KEY} a\r${KEY}`,
    `${KEY} a\u2028${KEY}`,
    `${KEY} a\0`,
    `${KEY} \u001b[31m`,
    `command="a\n${KEY}" ${KEY}`,
    `command="a\\\n${KEY}" ${KEY}`,
    `command="open ${KEY}`,
    `command="open\\" ${KEY}`,
    `command=unquoted ${KEY}`,
    `command="a"b ${KEY}`,
    `restrict, ${KEY}`,
    `,restrict ${KEY}`,
    `restrict no-pty ${KEY}`,
    `restrict,command="uptime"`,
    `${KEY} ${'a'.repeat(4096)}`,
    5,
    null,
  ])('rejects %j', (line) => {
    expect(isSshKey(line)).toBe(false);
  });

  it('takes linear time', () => {
    const started = performance.now();
    for (const part of ['a', 'a,', 'a="', '\\"', '"', '\\', '="\\"",', ' ', '\t'])
      for (const start of ['', 'a="', 'ssh-rsa '])
        isSshKey((start + part.repeat(4096)).slice(0, 4095) + '\n');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('withoutFinalNewline', () => {
  it.each([
    [`${KEY}\n`, KEY],
    [`${KEY}\r\n`, KEY],
    [`${KEY}\n\n`, `${KEY}\n`],
    [KEY, KEY],
    [5, 5],
  ])('turns %j into %j', (key, expected) => {
    expect(withoutFinalNewline(key)).toBe(expected);
  });
});
