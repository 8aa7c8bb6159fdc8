import { nearestOf } from './nearest';

/** Kubernetes and Docker links describe other services in variables like these. */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)$/;

/**
 * Warnings about variables that look like misspelled settings: close to one, or with a prefix of this service.
 * @param sharedWords first words of settings that variables of other programs also start with
 */
export function unknownSettings(
  names: readonly string[],
  known: readonly string[],
  sharedWords: readonly string[],
): readonly string[] {
  const words = new Set(known.filter((name) => name.includes('_')).map(firstWord));
  for (const word of sharedWords) words.delete(word);
  return names
    .filter((name) => !known.includes(name) && !SERVICE_LINK.test(name))
    .flatMap((name) => {
      const isOwn = words.has(firstWord(name)) && name.includes('_');
      const nearest = nearestOf(name, known, isOwn ? Infinity : undefined);
      return nearest === undefined ? [] : [`${name} is not a setting: did you mean ${nearest}?`];
    })
    .sort();
}

function firstWord(name: string): string {
  return name.split('_', 1)[0] ?? '';
}
