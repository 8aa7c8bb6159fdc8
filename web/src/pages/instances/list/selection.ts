import { createContext, use, useMemo, useState } from 'react';
import type { Instance } from 'uim-compute-client';

/** Selected rows, which stay selected on other pages of the list. */
export interface Selection {
  readonly items: readonly Instance[];
  readonly isAll: boolean;
  readonly isSome: boolean;
  readonly has: (id: string) => boolean;
  readonly toggle: (instance: Instance) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

export const SelectionContext = createContext<Selection | undefined>(undefined);

/** @throws {Error} outside of the list */
export function useSelectionOfPage(): Selection {
  const selection = use(SelectionContext);
  if (!selection) throw new Error('there is no selection here');
  return selection;
}

/** @param shown the rows of the page, whose current state replaces that of the time of the selection */
export function useSelection(shown: readonly Instance[] | undefined): Selection {
  const [selected, setSelected] = useState<ReadonlyMap<string, Instance>>(new Map());
  return useMemo(() => {
    const rows = shown ?? [];
    const current = new Map(rows.map((row) => [row.id, row]));
    const items = [...selected.values()].map((item) => current.get(item.id) ?? item);
    const selectedHere = rows.filter(({ id }) => selected.has(id)).length;
    const isAll = rows.length > 0 && selectedHere === rows.length;
    const change = (edit: (next: Map<string, Instance>) => void): void =>
      setSelected((before) => {
        const next = new Map(before);
        edit(next);
        return next;
      });
    return {
      items,
      isAll,
      isSome: selectedHere > 0 && !isAll,
      has: (id) => selected.has(id),
      toggle: (instance) =>
        change((next) => {
          if (!next.delete(instance.id)) next.set(instance.id, instance);
        }),
      toggleAll: () =>
        change((next) => {
          for (const row of rows) {
            if (isAll) next.delete(row.id);
            else next.set(row.id, row);
          }
        }),
      clear: () => setSelected(new Map()),
    };
  }, [shown, selected]);
}
