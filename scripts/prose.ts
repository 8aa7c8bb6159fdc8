import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** Phrases of a style that readers stumble over, and what to write instead. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(whoever|whomever|whom|himself|nobody|somebody)\b/i, 'name the actor: client, caller, tenant, worker'],
  [/\b(he|him|his|she|her)\b/i, 'name the actor'],
  [/\b(anew|any more)\b(?! than)/i, 'again; no longer'],
  [/\b(at work|now and then|come to be|comes to be|vouch\w*|lets? go)\b/i, 'use the standard term'],
  [/\b(by itself|by themselves)\b/i, 'automatically; on its own'],
  [/\b(is|are|has|have|knows?) none\b/i, 'does not exist; has no …'],
  [
    /\b(engine|driver|service|database|row|code|answer|error|status|log)s? (says?|tells?|knows?|notices?|wants?|hears?|sees?)\b/i,
    'programs report, return, contain, detect or require',
  ],
  [
    /(^|[,;:(] ?|\b(except|only|not|also|than) )where (it|there|they|that|this|these|none|no|one|an?|the|its|nothing|any|all|only)\b/i,
    'if; when',
  ],
  [/(^|[.;:] )What(ever)? (is|are|was|were|has|have|comes?|goes|the|a|an|it|they|one)\b/, 'subject first'],
  [/\b(behaviour|honour|colour|favour|parametris|serialis|normalis|organis)\w*/i, 'American spelling'],
];

/** Most lines with such a phrase, in percent: phrases are found by their look, so some are none. */
const MAX_PERCENT = { comments: 1.5, titles: 1.5, strings: 1.5, documents: 1.5, readme: 1.5 };
type Group = keyof typeof MAX_PERCENT;

const IS_SENTENCE = /[a-z]+ [a-z]+ [a-z]+/;
const IS_SQL = /\b(SELECT|UPDATE|INSERT|DELETE|FROM|WHERE)\b/;

interface Line {
  readonly group: Group;
  readonly place: string;
  readonly text: string;
}

function main(): void {
  const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
  const lines = files.flatMap((file) => linesOf(file));
  let isTooMuch = false;
  for (const [group, most] of Object.entries(MAX_PERCENT)) {
    const all = lines.filter((line) => line.group === group);
    const found = all.flatMap((line) => findingOf(line));
    const percent = (100 * found.length) / Math.max(1, all.length);
    console.log(
      `${group}: ${found.length} of ${all.length} lines (${percent.toFixed(1)} %, at most ${most} %)`,
    );
    if (percent <= most) continue;
    isTooMuch = true;
    console.log(found.join('\n'));
  }
  if (isTooMuch) process.exitCode = 1;
}

function findingOf({ place, text }: Line): readonly string[] {
  for (const [phrase, instead] of PHRASES) {
    const found = phrase.exec(text)?.[0].trim();
    if (found !== undefined) return [`  ${place}: "${found}" in: ${text} (${instead})`];
  }
  return [];
}

function linesOf(file: string): readonly Line[] {
  if (file === 'packages/client/src/schema.ts' || file === 'CHANGELOG.md') return [];
  if (file.endsWith('.md')) return documentLines(file, file === 'README.md' ? 'readme' : 'documents');
  if (file.endsWith('.sql')) return sqlCommentLines(file, read(file), 1);
  if (!file.endsWith('.ts')) return [];
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const isTest = file.endsWith('spec.ts');
  return [
    ...commentLines(source),
    ...(isTest ? titleLines(source) : []),
    ...(/^(packages|src)\//.test(file) && !isTest ? stringLines(source) : []),
  ];
}

/** Prose of a Markdown file, without its code blocks. */
function documentLines(file: string, group: Group): readonly Line[] {
  let isCode = false;
  return read(file)
    .split('\n')
    .flatMap((line, index) => {
      if (/^\s*```/.test(line)) isCode = !isCode;
      const text = line.trim();
      return isCode || !isProse(text) ? [] : [{ group, place: `${file}:${index + 1}`, text }];
    });
}

function commentLines(source: ts.SourceFile): readonly Line[] {
  const { fileName, text } = source;
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const lines: Line[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (!isComment(kind)) continue;
    const first = lineAt(source, scanner.getTokenStart());
    for (const [index, line] of scanner.getTokenText().split('\n').entries()) {
      const words = line.replace(/^\s*(\/\*+|\/\/|\*+\/?)|\*\/\s*$/g, '').trim();
      if (isProse(words))
        lines.push({ group: 'comments', place: `${fileName}:${first + index}`, text: words });
    }
  }
  return lines;
}

function isComment(kind: ts.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
}

/** Titles of suites and tests: the text before the function that is the test. */
function titleLines(source: ts.SourceFile): readonly Line[] {
  const lines: Line[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { arguments: all } = node;
      const title = all.find((each) => ts.isStringLiteralLike(each) || ts.isTemplateExpression(each));
      const isTest = all.some((each) => ts.isArrowFunction(each) && each.parameters.length === 0);
      if (title && isTest && isProse(title.getText())) {
        const place = `${source.fileName}:${lineAt(source, title.getStart())}`;
        lines.push({ group: 'titles', place, text: title.getText().slice(1, -1) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

/** Sentences in string literals: messages, descriptions and help; of SQL, only the comments. */
function stringLines(source: ts.SourceFile): readonly Line[] {
  const lines: Line[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const text = node.getText(source).slice(1, -1);
      const line = lineAt(source, node.getStart());
      if (IS_SQL.test(text)) lines.push(...sqlCommentLines(source.fileName, text, line));
      else if (IS_SENTENCE.test(text))
        lines.push({ group: 'strings', place: `${source.fileName}:${line}`, text });
    } else ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

function sqlCommentLines(file: string, sql: string, firstLine: number): readonly Line[] {
  return sql.split('\n').flatMap((line, index) => {
    const [, text = ''] = /^\s*--\s*(.*)$/.exec(line) ?? [];
    return isProse(text) ? [{ group: 'comments', place: `${file}:${firstLine + index}`, text }] : [];
  });
}

/** Counted from 1. */
function lineAt(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

function isProse(text: string): boolean {
  return /[a-z]{3,}.*\s.*[a-z]{2,}/i.test(text);
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

main();
