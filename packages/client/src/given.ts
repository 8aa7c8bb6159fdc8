/** The same members, of which the optional ones can also be undefined, whether or not `exactOptionalPropertyTypes` is set. */
export type OrUndefined<T> = { [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K] };

/** Without the undefined members. */
export function given<T extends object>(members: OrUndefined<T>): T;
export function given(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** The signal of a call, if it has one. */
export function only({ signal }: { readonly signal?: AbortSignal | undefined }): {
  readonly signal?: AbortSignal;
} {
  return signal === undefined ? {} : { signal };
}
