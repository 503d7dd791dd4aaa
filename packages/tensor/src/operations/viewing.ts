import type { View } from '../operation.ts';
import { view } from '../reference/view.ts';
import { strongest } from './dtype-rules.ts';

type Written<Settings> = Omit<View<Settings>, 'kind' | 'name' | 'dtype' | 'forward'>;

/** An operation that shows the same numbers with another shape. */
/* @__NO_SIDE_EFFECTS__ */
export function viewing<Settings>(name: string, written: Written<Settings>): View<Settings> {
  return { kind: 'view', name, dtype: strongest, forward: view, ...written };
}

/** How numbers are seen that are the same, with another past: a program has no step for that. */
export const unchanged = <Seen>(from: Seen): Seen => from;
