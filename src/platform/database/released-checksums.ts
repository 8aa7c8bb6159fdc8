/**
 * Checksums of migrations whose comments were edited after their release. Databases store the checksum of the released
 * text, so it stays valid as long as the statements are unchanged.
 *
 * Keys are SHA-256 of the text without comment lines and blank lines, values SHA-256 of the released text, in hex.
 */
export const RELEASED_CHECKSUMS: ReadonlyMap<string, string> = new Map([
  // 0001_initial.sql
  [
    '9bea096ebb06cc4ae5eaf5678f172dd057399993745137edc7bf0241dec31a93',
    'b08412e57cce235eded607a2bb6932240777596e10c052556290ef2f9415996b',
  ],
  // 0002_integrations.sql
  [
    '3b105d9d72370177df5aea3ce81e25661e94ddedc368aff974807f7533ea337e',
    '4787ae483729c9162f57c7fe4c7b90ade0d77b575ecb6278953f5cfb698f2cf5',
  ],
  // 0003_events.sql
  [
    'e325b95d39af003c6c289bc3bc4c4cb0cd626548c3d2c24174a406c01e654207',
    'c1629899d01d896fa44589651b1f2e68ef2a9d59e56bfe19a52d38121165680f',
  ],
  // 0004_quotas.sql
  [
    'c256d5a9928d5934fb74a09eb96ecaf4f57eba33fb0b5324cc336af2d64cd60d',
    'ca075710fcc2b382fbc15b91fae245879ed0171902d1213292291133450e01c5',
  ],
  // 0005_protection.sql
  [
    '384d59e19b54dc2957dbae2d97055c8f76b2544e4743d958e7040f4749a67fe9',
    '55c496d2f14f8557f8442b6c0d91035ea3c6355ba1eb999c4cef0b36701cdd90',
  ],
  // 0006_rate_limits.sql
  [
    'ac55bed3f9cbffab1a4f7879968cc6e1fa25af077bfbbf1262f5d5eef5bb8853',
    '638ab9364f210359a136af65df983fac3fe768417e70a280681222e14ab0805e',
  ],
  // 0007_idempotency.sql
  [
    '30520380cea1beb59209dabcef6fbaddb039c1f6966762d1a16d2ecc51a08e14',
    'cd903d8b433e3386a2851063df20164a69bae3e82cfbf0d707d72e0c787ff514',
  ],
  // 0008_engines.sql
  [
    'b747c8c2770d897e0c9322585f1074751c3d55d12f1bf36385cfb3c82eb7b355',
    'dc9970e768a8a5b6bcb1578ae9fb2bccda5c159b3263fa70834fec726fad8c22',
  ],
  // 0009_reconciler.sql
  [
    '51dba603855473b2da4f0f2ae059094cc7e466105c695b2562b27fb7b422a2a7',
    '8d643873d0f411021a6ba1c82e9fcb0654f55ba8fed82bcd38a200ef8dff759f',
  ],
  // 0010_deployment.sql
  [
    'd94f829a7f7dec0feb064dc2a63504fb67be4a7088f6492e102e0beacb95c39d',
    '2601096aaa1f3aa63c1ac00b4ad0d8e3b2b312915cd87c47c94f2a46061dd6f7',
  ],
  // 0011_fair_queue.sql
  [
    '2fc7d2bf69fe75cec4b72adbfccaac758055ec24e6576980d4c8227abac08605',
    '2965281d21099f8816642ed530ee0473369feac9aa83758e3f3c11c60f57d1e8',
  ],
]);
