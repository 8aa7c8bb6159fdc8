import { texts } from '../../../../texts';

const t = texts.instance.history;
const EVENTS: Readonly<Record<string, string>> = t.event;
const OUTCOMES: Readonly<Record<string, string>> = t.outcome;
const VERBS: Readonly<Record<string, string>> = texts.tasks.type;

/** The type of an event in words; unchanged if this version of the console does not know it. */
export function eventText(type: string): string {
  const whole = own(EVENTS, type);
  if (whole !== undefined) return whole;
  const at = type.lastIndexOf('.');
  const verb = own(VERBS, type.slice(0, at));
  const outcome = own(OUTCOMES, type.slice(at + 1));
  return verb !== undefined && outcome !== undefined ? `${verb}: ${outcome}` : type;
}

/** Who asked for it, in words. */
export function actorText(actor: string): string {
  if (actor === 'operator') return t.actor.operator;
  const at = actor.indexOf(':');
  const [kind, name] = [actor.slice(0, at), actor.slice(at + 1)];
  if (kind === 'system') return t.actor.system(name);
  if (kind === 'tenant') return t.actor.tenant(name);
  return kind === 'user' ? t.actor.user(name) : actor;
}

/** Of the bullet in the timeline. The words say the same. */
export function eventColor(type: string): string {
  if (/\.(failed|not_ready|given_up)$|^observed\.error$/.test(type)) return 'red';
  if (/\.postponed$/.test(type)) return 'yellow';
  if (/\.(succeeded|ready|attached|detached|set|removed)$/.test(type)) return 'green';
  return 'gray';
}

/** A type such as `constructor` is no property of these. */
function own(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
