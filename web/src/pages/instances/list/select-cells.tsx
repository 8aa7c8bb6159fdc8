import { useEffect, useRef, type ReactNode } from 'react';
import type { Instance } from 'uim-compute-client';
import { texts } from '../../../texts';
import { useSelectionOfPage } from './selection';
import classes from './select-cells.module.css';

const t = texts.instances;

/** Read the selection on their own, so that a change of it renders them and not whole rows. */
export function SelectAll(): ReactNode {
  const { isAll, isSome, toggleAll } = useSelectionOfPage();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = isSome;
  }, [isSome]);
  return (
    <input
      ref={input}
      type="checkbox"
      className={classes.checkbox}
      aria-label={t.selectAll}
      checked={isAll}
      onChange={toggleAll}
    />
  );
}

export function Select({ instance }: { instance: Instance }): ReactNode {
  const { has, toggle } = useSelectionOfPage();
  return (
    <input
      type="checkbox"
      className={classes.checkbox}
      aria-label={t.select(instance.name)}
      checked={has(instance.id)}
      onChange={() => toggle(instance)}
    />
  );
}
