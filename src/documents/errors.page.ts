import { STATUS_CODES } from 'node:http';
import type { ErrorDefinition } from '../platform/errors/define-errors';
import { ERROR_SECTIONS } from './error-sections';

const INTRODUCTION = [
  'Every error is a problem document (RFC 9457, `application/problem+json`). Its `code` is listed here and ' +
    'never changes; `detail` describes the error in a sentence; `type` links to this page; `requestId` identifies ' +
    'the request in the log of the service.',
  'If `retryable` is true, the unchanged request can succeed later, and the response has a `Retry-After` header ' +
    'with the seconds to wait. A response that names an operation in progress (`operationId`) ' +
    'is also retryable, regardless of its code.',
];

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}' +
  'code{font:.9em ui-monospace,monospace;background:#f2f2f2;padding:.1em .3em;border-radius:3px}' +
  'h3{margin-bottom:0}h3 code{font-size:1em}dl{margin:.3rem 0 1.5rem}dt{font-weight:600;float:left;clear:left;' +
  'width:8rem}dd{margin-left:8.5rem}:target{background:#fff6cc}';

/** All error codes as an HTML page; each code is an anchor. */
export function errorsPage(): string {
  const sections = ERROR_SECTIONS.map(
    ({ title, errors }) => `<h2>${html(title)}</h2>\n${errors.map(article).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Errors of UIM IaaS Compute</title><style>${STYLE}</style></head>
<body>
<h1>Errors</h1>
${INTRODUCTION.map((text) => `<p>${html(text)}</p>`).join('\n')}
${sections.join('\n')}
</body>
</html>
`;
}

function article(error: ErrorDefinition): string {
  const rows = rowsOf(error).map(([name, text]) => `<dt>${name}</dt><dd>${html(text)}</dd>`);
  const { code } = error;
  return `<h3 id="${code}"><code>${code}</code></h3>\n<dl>${rows.join('\n')}</dl>`;
}

/** The same as Markdown; the code is the heading, which makes it an anchor there too. */
export function errorsMarkdown(): string {
  const sections = ERROR_SECTIONS.map(
    ({ title, errors }) => `## ${title}\n\n${errors.map(markdownOf).join('\n')}`,
  );
  return `# Errors\n\n${INTRODUCTION.join('\n\n')}\n\n${sections.join('\n')}`;
}

function markdownOf(error: ErrorDefinition): string {
  const rows = rowsOf(error).map(([name, text]) => `- **${name}:** ${text}`);
  return `### \`${error.code}\`\n\n${rows.join('\n')}\n`;
}

function rowsOf({
  status,
  example,
  meaning,
  remedy,
  retryable,
}: ErrorDefinition): readonly [string, string][] {
  return [
    ['Status', `${status} ${STATUS_CODES[status] ?? ''}`],
    ['Says', `“${example}”`],
    ['Meaning', meaning],
    ['What to do', remedy],
    ['Retryable', retryable ? 'yes' : 'no'],
  ];
}

/** Escapes text for HTML and converts code spans. */
function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
