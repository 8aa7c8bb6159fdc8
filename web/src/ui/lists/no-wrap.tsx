import type { ReactNode } from 'react';

/** Short text that stays on one line, such as a time: a table would break it to make room for others. */
export function NoWrap({ children }: { children: ReactNode }): ReactNode {
  return <span style={{ whiteSpace: 'nowrap' }}>{children}</span>;
}
