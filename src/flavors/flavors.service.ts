import { Injectable } from '@nestjs/common';
import { FLAVORS, FlavorNotFoundError, InvalidFlavorError, type Flavor } from './flavor';

@Injectable()
export class FlavorsService {
  private readonly byName = new Map(FLAVORS.map((flavor) => [flavor.name, flavor]));

  list(): readonly Flavor[] {
    return FLAVORS;
  }

  /** @throws {FlavorNotFoundError} */
  get(name: string): Flavor {
    const flavor = this.byName.get(name);
    if (!flavor) throw new FlavorNotFoundError();
    return flavor;
  }

  /**
   * The flavor that a new instance asks for.
   * @throws {InvalidFlavorError}
   */
  choose(name: string): Flavor {
    const flavor = this.byName.get(name);
    if (!flavor) throw new InvalidFlavorError([...this.byName.keys()]);
    return flavor;
  }
}
