import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { installTool, ROOT, Service } from './session';

const TARGET = join(ROOT, 'docs', 'images', 'tour.svg');
const TIMEOUT_MS = 60_000;

/** The commands in the picture, and one that runs before them. */
const HIDDEN = 'uim-compute create db --flavor large --protect --wait';
const SHOWN = [
  'uim-compute create web --flavor medium --count 2 --metadata role=web --wait',
  'uim-compute stop web-1 > /dev/null && uim-compute events web-1',
  'uim-compute list',
  'uim-compute create big --flavor huge',
];

const CHARACTER = { width: 7.85, height: 18 };
const MARGIN = 16;

interface Line {
  readonly text: string;
  readonly isCommand: boolean;
}

/** Runs the command-line tool against a new service with simulated instances, and draws the session. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tour-image-'));
  const service = await Service.start(directory, { PROVISION_DELAY_MS: '1000' });
  try {
    const svg = drawn(await session(service.url, directory));
    mkdirSync(dirname(TARGET), { recursive: true });
    writeFileSync(TARGET, svg);
  } finally {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function session(url: string, directory: string): Promise<readonly Line[]> {
  installTool(directory);
  const mark = `-- ${process.pid} --`;
  const script = [HIDDEN, ...SHOWN].join(`\necho '${mark}'\n`);
  const child = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    env: {
      PATH: `${directory}:${process.env['PATH'] ?? ''}`,
      UIM_COMPUTE_URL: url,
      UIM_COMPUTE_TENANT: 'acme',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: TIMEOUT_MS,
  });
  const outputs = (await text(child.stdout)).split(`${mark}\n`).slice(1);
  if (outputs.length !== SHOWN.length) throw new Error(`the session ended early: ${outputs.join('\n')}`);
  return SHOWN.flatMap((command, index) => [
    { text: `$ ${command}`, isCommand: true },
    ...(outputs[index] ?? '')
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [{ text: line, isCommand: false }])),
  ]);
}

function drawn(lines: readonly Line[]): string {
  const columns = Math.max(...lines.map((line) => line.text.length));
  const width = Math.ceil(columns * CHARACTER.width + 2 * MARGIN);
  const height = lines.length * CHARACTER.height + 2 * MARGIN;
  const rows = lines.map(({ text: line, isCommand }, index) => {
    const y = MARGIN + (index + 0.75) * CHARACTER.height;
    const color = isCommand ? '#7ee787' : '#e6edf3';
    return `<text x="${MARGIN}" y="${y}" fill="${color}" xml:space="preserve">${escaped(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>A session of uim-compute: creating, listing and stopping instances</title>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
${rows.join('\n')}
</g>
</svg>
`;
}

function escaped(line: string): string {
  return line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

void main();
