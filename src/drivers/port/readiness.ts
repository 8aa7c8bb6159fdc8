export const PROBE_KINDS = ['port', 'http', 'exec', 'serial'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** How to find out whether the guest is ready. */
export type Probe =
  /** Something in the guest accepts connections at this published TCP port. */
  | { readonly kind: 'port'; readonly port: number }
  /** A GET request at this published TCP port is answered with a status from 200 to 399. */
  | { readonly kind: 'http'; readonly port: number; readonly path: string }
  /** A program in the guest, run without a shell, exits with 0. */
  | { readonly kind: 'exec'; readonly command: readonly string[] }
  /** The console contains this text, printed since the guest was last started. */
  | { readonly kind: 'serial'; readonly text: string };

export type Readiness = Probe & {
  /** After this time from the start of the guest, the service stops probing. */
  readonly timeoutSeconds: number;
};
