import { ConfigurationError, readConfig } from '../src/config';
import { ENVIRONMENT } from '../src/config/environment';

/** Areas of the page by the first setting of each, in the order of `ENVIRONMENT`. */
const AREAS: Readonly<Record<string, string>> = {
  PORT: 'HTTP',
  SERVICE_NAME: 'Name and log',
  DATABASE_URL: 'Database',
  TENANT_HEADER: 'Tenants and authentication',
  RATE_LIMIT_PER_MINUTE: 'Limits per tenant',
  DRIVER_VM: 'Drivers and images',
  PROVISION_DELAY_MS: 'Simulated driver',
  DOCKER_HOST: 'Docker and Podman',
  QEMU_DIR: 'QEMU',
  POWER_WAIT_SECONDS: 'Operations',
  NETWORK_SERVICE_URL: 'Platform services',
  HISTORY_RETENTION_DAYS: 'History, streams and idempotency',
  RECONCILE_SECONDS: 'Reconciliation',
  SHUTDOWN_GRACE_SECONDS: 'Shutdown',
};

const INTRODUCTION = `# Settings

<!-- Generated from src/config by \`npm run generate\`; do not edit. -->

All settings are environment variables, or lines of a file \`.env\` in the working directory
(see [.env.example](../.env.example)). A variable that is set in the environment takes precedence over \`.env\`. An empty
value means the default. If a setting is invalid, the service names it and does not start. A variable that looks like a
misspelled setting causes a warning in the log.

Where to read more: [engines.md](engines.md) about drivers and images, [deployment.md](deployment.md) about gateways,
authentication, PostgreSQL and limits, [operations.md](operations.md) about reconciliation.
`;

const HEADER = '| Variable | Default | Allowed | Meaning |\n| --- | --- | --- | --- |\n';

/** Invalid for every setting that restricts its values. */
const INVALID = '~ \u0000';

/** The reference of all settings as Markdown. @throws {Error} if an area starts with a setting that does not exist. */
export function settingsMarkdown(): string {
  const unknown = Object.keys(AREAS).filter((key) => !(key in ENVIRONMENT));
  if (unknown.length > 0) throw new Error(`no such settings: ${unknown.join(', ')}`);
  let page = INTRODUCTION;
  for (const [key, { default: byDefault, desc }] of Object.entries(ENVIRONMENT)) {
    const area = AREAS[key];
    if (area !== undefined) page += `\n## ${area}\n\n${HEADER}`;
    page += row([`\`${key}\``, codeOf(String(byDefault)), allowedOf(key), desc ?? '']);
  }
  return page;
}

function codeOf(value: string): string {
  return value === '' ? '' : `\`${value}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
}

/** The requirement that the error message for an invalid value names; empty if every text is valid. */
function allowedOf(key: string): string {
  try {
    readConfig({ [key]: INVALID });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return shortened(error.problems.find((problem) => problem.startsWith(`${key} `)) ?? '');
  }
  return '';
}

function shortened(problem: string): string {
  const choices = /not in choices \[(.*)\]$/.exec(problem)?.[1];
  if (choices !== undefined) return choices.replaceAll(',', ' or ');
  const [, requirement = ''] = / must (?:be (?:an integer )?)?(.*)$/.exec(problem) ?? [];
  return requirement.replace(/^from (-?\d+) to (\d+)$/, '$1 to $2').replace(/^(one of|look) /, '');
}
