/** One or more commands of the documentation with their output. */
export interface ShellBlock {
  /** Line number of the opening fence, from 1. */
  readonly line: number;
  readonly commands: string;
  /** Empty if the document shows no output; then the commands must print nothing. */
  readonly shown: string;
  /** Why a test cannot run it, from the comment `<!-- not run: … -->` above the block. */
  readonly notRun: string | undefined;
  /** Engine that it needs, from the comment `<!-- run on: … -->`; test/engines/quick-start.spec.ts runs it there. */
  readonly engine: string | undefined;
}

interface Fence {
  readonly line: number;
  readonly language: string;
  readonly content: readonly string[];
  readonly notRun: string | undefined;
  readonly engine: string | undefined;
}

const NOT_RUN = /^<!-- not run: (\S.*) -->$/;
const ENGINE = /^<!-- run on: (docker|podman|qemu) -->$/;
const SHELLS: ReadonlySet<string> = new Set(['bash', 'sh']);
const PROMPT = '$ ';

/**
 * The shell blocks of a Markdown document, in order: fences marked `bash` or `sh`, with the next fence without a
 * language as output, and fences without a language that start with a prompt and mix commands and output.
 */
export function shellBlocksOf(markdown: string): readonly ShellBlock[] {
  const fences = fencesOf(markdown);
  return fences.flatMap((fence, index) => {
    if (isTranscript(fence)) return commandsOf(fence);
    if (!SHELLS.has(fence.language)) return [];
    const next = fences[index + 1];
    const shown = next?.language === '' && !isTranscript(next) ? next.content.join('\n') : '';
    const { line, notRun, engine } = fence;
    return [{ line, commands: fence.content.join('\n'), shown, notRun, engine }];
  });
}

function fencesOf(markdown: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: (Fence & { readonly content: string[] }) | undefined;
  let lastText = '';
  for (const [index, text] of markdown.split('\n').entries()) {
    if (open) {
      if (text === '```') {
        fences.push(open);
        open = undefined;
        lastText = '';
      } else open.content.push(text);
    } else if (text.startsWith('```')) {
      open = {
        line: index + 1,
        language: text.slice(3).trim(),
        content: [],
        notRun: NOT_RUN.exec(lastText)?.[1],
        engine: ENGINE.exec(lastText)?.[1],
      };
    } else if (text.trim() !== '') lastText = text;
  }
  if (open) throw new Error(`the block in line ${open.line} is not closed`);
  return fences;
}

function isTranscript({ language, content }: Fence): boolean {
  return language === '' && (content[0] ?? '').startsWith(PROMPT);
}

function commandsOf({ line, content, notRun, engine }: Fence): readonly ShellBlock[] {
  const blocks: (ShellBlock & { shown: string })[] = [];
  for (const [index, text] of content.entries()) {
    const last = blocks.at(-1);
    if (text.startsWith(PROMPT)) {
      blocks.push({ line: line + 1 + index, commands: text.slice(PROMPT.length), shown: '', notRun, engine });
    } else if (last) last.shown += `${text}\n`;
  }
  return blocks;
}

/** Patterns for output that differs between runs; the first match wins. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/…/, '[^]*?'],
  [
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  ],
  // The start of an abbreviated id.
  [/[0-9a-f]{8}-[0-9a-f-]*(?=…)/, ''],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/, '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z'],
  // Unix times in seconds, and page tokens.
  [/\b\d{10}\b/, '\\d{10}'],
  [/(?<=pageToken[="":]{1,3})[\w-]{22}/i, '[\\w-]{22}'],
];

/**
 * Whether output matches the document, ignoring white space. `…` matches anything, and ids, times and page tokens match
 * others of their kind.
 */
export function isAsShown(output: string, shown: string): boolean {
  const variable = new RegExp(VARIABLE.map(([{ source }]) => `(${source})`).join('|'), 'gi');
  let pattern = '';
  let end = 0;
  const compact = withoutSpace(shown);
  for (const match of compact.matchAll(variable)) {
    const kind = match.slice(1).findIndex((group: string | undefined) => group !== undefined);
    pattern += escape(compact.slice(end, match.index)) + (VARIABLE[kind]?.[1] ?? '');
    end = match.index + match[0].length;
  }
  pattern += escape(compact.slice(end));
  return new RegExp(`^${pattern}$`).test(withoutSpace(output));
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function withoutSpace(text: string): string {
  return text.replace(/\s/g, '');
}
