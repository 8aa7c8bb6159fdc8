import { access } from 'node:fs/promises';

export interface Firmware {
  readonly code: string;
  /** Template of the variable store; each machine gets a copy. */
  readonly variables: string;
}

/** Paths of UEFI firmware on Debian and Ubuntu, Fedora, and Arch. */
const PLACES: readonly Firmware[] = [
  { code: '/usr/share/OVMF/OVMF_CODE_4M.fd', variables: '/usr/share/OVMF/OVMF_VARS_4M.fd' },
  { code: '/usr/share/OVMF/OVMF_CODE.fd', variables: '/usr/share/OVMF/OVMF_VARS.fd' },
  { code: '/usr/share/edk2/ovmf/OVMF_CODE.fd', variables: '/usr/share/edk2/ovmf/OVMF_VARS.fd' },
  { code: '/usr/share/edk2/x64/OVMF_CODE.4m.fd', variables: '/usr/share/edk2/x64/OVMF_VARS.4m.fd' },
];

export async function findFirmware(): Promise<Firmware | undefined> {
  for (const place of PLACES) if ((await exists(place.code)) && (await exists(place.variables))) return place;
  return undefined;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
