import type { Abilities, AbilityName, ComputeDriver } from '../../../drivers';
import { NotSupportedByEngineError } from './engine.errors';

/**
 * The ability that the work of an operation needs. The replica that accepted the request had it; this one may have another
 * version of the engine.
 * @throws {NotSupportedByEngineError}
 */
export function abilityOf<Name extends AbilityName>(
  { kind, abilities }: Pick<ComputeDriver, 'kind' | 'abilities'>,
  name: Name,
): NonNullable<Abilities[Name]> {
  const ability = abilities[name];
  if (!ability) throw new NotSupportedByEngineError(kind, name);
  return ability;
}
