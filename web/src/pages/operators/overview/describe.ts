import { texts } from '../../../texts';
import type { Finding } from '../readings/findings';

const t = texts.operators.finding;
const remedies = texts.operators.remedy;
const CHECKS: Readonly<Record<string, string>> = texts.operators.health.check;

export interface Description {
  readonly id: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly remedy: string;
  readonly urgent: boolean;
  /** Where to see more: a section of the overview, or another page. */
  readonly section?: 'engines' | 'failing' | 'queue' | 'health' | 'warm-pools';
  readonly page?: '/operators/orphans';
}

/** E.g. "Database", or "Engine docker". */
export function checkName(name: string): string {
  const [, driver] = /^driver:(.*)$/.exec(name) ?? [];
  return driver === undefined ? (CHECKS[name] ?? name) : texts.operators.health.driver(driver);
}

/** A finding in words. */
export function describe(finding: Finding): Description {
  const { kind } = finding;
  switch (kind) {
    case 'check': {
      const { name, detail, isVital } = finding;
      const title = isVital ? t.vital(checkName(name)) : t.check(checkName(name));
      const remedy = isVital ? remedies.vital : remedies.check;
      return { id: `${kind} ${name}`, title, detail, remedy, urgent: isVital, section: 'health' };
    }
    case 'driver': {
      const { name, detail, isDown } = finding;
      const title = isDown ? t.driverDown(name) : t.driverUnknown(name);
      const remedy = isDown ? remedies.driverDown : remedies.driverUnknown;
      return { id: `${kind} ${name} ${detail}`, title, detail, remedy, urgent: isDown, section: 'engines' };
    }
    case 'room': {
      const names = finding.resources.map((name) => texts.operators.resource[name]);
      const title = t.room(finding.name, names);
      return { id: title, title, remedy: remedies.room, urgent: false, section: 'engines' };
    }
    case 'failing': {
      const title = t.failing(finding.count, finding.isCut);
      return { id: kind, title, remedy: remedies.failing, urgent: false, section: 'failing' };
    }
    case 'orphans': {
      const title = t.orphans(finding.count);
      return { id: kind, title, remedy: remedies.orphans, urgent: false, page: '/operators/orphans' };
    }
    case 'queue':
    case 'outbox':
      return {
        id: kind,
        title: t[kind](finding.seconds),
        remedy: remedies[kind],
        urgent: false,
        section: 'queue',
      };
    case 'warm-pool': {
      const { name, error } = finding;
      const title = t.warmPool(name);
      return {
        id: title,
        title,
        detail: error,
        remedy: remedies.warmPool,
        urgent: false,
        section: 'warm-pools',
      };
    }
    case 'unread': {
      const title = t.unread(texts.operators.part[finding.part]);
      return { id: title, title, remedy: remedies.unread, urgent: true };
    }
  }
}
