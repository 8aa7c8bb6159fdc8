import { ConfigurationError } from '../src/platform/config';
import { settings } from '../src/settings';

const INTRODUCTION = `# Settings

<!-- Generated from src/**/*.config.ts by \`npm run generate\`; do not edit. -->

All settings are environment variables, or lines of a file \`.env\` in the working directory
(see [.env.example](../.env.example)). A variable that is set in the environment takes precedence over \`.env\`. An empty
value means the default. If a setting is invalid, the service names it and does not start. A variable that looks like a
misspelled setting causes a warning in the log.

Where to read more: [engines.md](engines.md) about drivers and images, [deployment.md](deployment.md) about gateways,
authentication, PostgreSQL and limits, [operations.md](operations.md) about reconciliation.
`;

const ENV_INTRODUCTION = `# Every setting of the service with its default. Copy this file to .env and change what you need.
# A variable that is set in the environment wins over .env; an empty value means the default.
`;

const HEADER = '| Variable | Default | Allowed | Meaning |\n| --- | --- | --- | --- |\n';

/** Invalid for every setting that restricts its values. */
const INVALID = '~ \u0000';

/** The reference of all settings as Markdown. */
export function settingsMarkdown(): string {
  const sections = settings.parts.map(({ title, variables }) => {
    const rows = Object.entries(variables).map(([key, { default: byDefault, desc }]) =>
      row([`\`${key}\``, codeOf(String(byDefault)), allowedOf(key), desc ?? '']),
    );
    return `\n## ${title}\n\n${HEADER}${rows.join('')}`;
  });
  return INTRODUCTION + sections.join('');
}

/** All settings as a `.env` file with their defaults. */
export function envExample(): string {
  const blocks = Object.entries(settings.variables).map(
    ([key, { default: byDefault, desc }]) => `\n# ${desc ?? ''}\n${key}=${String(byDefault)}\n`,
  );
  return ENV_INTRODUCTION + blocks.join('');
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
    settings.read({ [key]: INVALID });
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
