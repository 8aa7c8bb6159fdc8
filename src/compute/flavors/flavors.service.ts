import { Injectable } from '@nestjs/common';
import type { Flavor, NewFlavor } from './flavor';
import { FlavorsRepository, type StoredFlavorResponse } from './flavors.repository';
import { FlavorExistsError, FlavorNotFoundError, InvalidFlavorError } from './flavor.errors';
import { isText } from '../../platform/values/text';

const MAX_NAME = 255;

@Injectable()
export class FlavorsService {
  constructor(private readonly flavors: FlavorsRepository) {}

  /** Flavors available to new instances. */
  list(): Promise<readonly Flavor[]> {
    return this.flavors.list();
  }

  /**
   * Includes retired flavors that instances may still use.
   * @throws {FlavorNotFoundError}
   */
  async get(name: string): Promise<Flavor> {
    return existing(isName(name) ? await this.flavors.find(name) : undefined);
  }

  /**
   * The flavor requested for a new instance.
   * @throws {InvalidFlavorError}
   */
  async choose(name: string): Promise<Flavor> {
    const flavors = await this.flavors.list();
    const flavor = flavors.find((each) => each.name === name);
    if (!flavor) throw new InvalidFlavorError(flavors.map((each) => each.name));
    return flavor;
  }

  /** @throws {FlavorExistsError} */
  async create(flavor: NewFlavor, answer: StoredFlavorResponse): Promise<Flavor> {
    const made = await this.flavors.create(flavor, answer);
    if (!made) throw new FlavorExistsError(flavor.name);
    return made;
  }

  /** @throws {FlavorNotFoundError} */
  async describe(name: string, description: string): Promise<Flavor> {
    return existing(isName(name) ? await this.flavors.describe(name, description) : undefined);
  }

  async remove(name: string): Promise<void> {
    if (isName(name)) await this.flavors.remove(name);
  }
}

/** Whether the database can store the name; a path can contain anything. */
function isName(name: string): boolean {
  return isText(name, 1, MAX_NAME);
}

function existing(flavor: Flavor | undefined): Flavor {
  if (!flavor) throw new FlavorNotFoundError();
  return flavor;
}
