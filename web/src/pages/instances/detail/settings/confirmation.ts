/** Longer names are shortened where they are shown, so they could not be typed. */
const MAX_TYPED = 60;

/** Text that confirms a loss: the name, or the ID if the name can hardly be typed. */
export function confirmationOf({ id, name }: { readonly id: string; readonly name: string }): string {
  const isTypable =
    name.length <= MAX_TYPED && name === name.trim() && /^[\p{L}\p{N}\p{P}\p{S} ]+$/u.test(name);
  return isTypable ? name : id;
}
