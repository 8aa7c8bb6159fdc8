/** Splits a command line into program and arguments. Quotes keep spaces; nothing else is special, as there is no shell. */
export function parseCommand(line: string): readonly string[] | 'open-quote' {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (const char of line) {
    if (quote !== undefined) {
      if (char === quote) quote = undefined;
      else word = `${word ?? ''}${char}`;
    } else if (char === '"' || char === "'") {
      quote = char;
      // An empty argument counts, too.
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = `${word ?? ''}${char}`;
  }
  if (quote !== undefined) return 'open-quote';
  return word === undefined ? words : [...words, word];
}
