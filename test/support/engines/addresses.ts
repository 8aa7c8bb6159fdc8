import { randomInt } from 'node:crypto';
import { networkInterfaces } from 'node:os';

/** Second octets of the prefixes `10.N`, `to` excluded. The engines of the bench and of the tests have their own ranges. */
export interface AddressRange {
  readonly from: number;
  readonly to: number;
}

/** Picks an unused prefix `10.N`, so that the engines of all processes have their own addresses. */
export function freeAddresses({ from, to }: AddressRange): string {
  const taken = Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
  const free = Array.from({ length: to - from }, (_, index) => `10.${from + index}`).filter(
    (addresses) => !taken.some((address) => address.startsWith(`${addresses}.`)),
  );
  const chosen = free[randomInt(Math.max(free.length, 1))];
  if (chosen === undefined) throw new Error('all addresses for engines are taken');
  return chosen;
}
