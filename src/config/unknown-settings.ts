import { nearestOf } from './nearest';
import { isRenamed } from './renamed-settings';

/** First words of settings that variables of other programs also start with. */
const SHARED_WORDS = new Set([
  'DATA',
  'DOCKER',
  'EVENT',
  'GATEWAY',
  'HEALTH',
  'HOST',
  'IMAGES',
  'LOG',
  'MONITORING',
  'NETWORK',
  'PORT',
  'REQUEST',
  'SERVICE',
  'STORAGE',
]);
/** Kubernetes and Docker links describe other services in variables like these. */
const SERVICE_LINK = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?)$/;

/** Warnings about variables that look like misspelled settings: close to one, or with a prefix of this service. */
export function unknownSettings(variables: NodeJS.ProcessEnv, known: readonly string[]): readonly string[] {
  const names = new Set(known);
  const words = new Set(known.filter((name) => name.includes('_')).map(firstWord));
  for (const word of SHARED_WORDS) words.delete(word);
  return Object.keys(variables)
    .filter((name) => !names.has(name) && !isRenamed(name) && !SERVICE_LINK.test(name))
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
