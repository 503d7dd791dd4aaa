/**
 * Everything that the ends of a graph depend on, and they themselves, each once and after what it depends on itself.
 *
 * It goes without recursion, which would run out of stack on long chains.
 *
 * @param ends    of two of them the last, with what it depends on, comes first
 * @param behind  what something depends on directly, in the same manner
 * @example [...inOrder([6], (x: number) => [x / 2, x / 3].filter(Number.isInteger))].join()   // 1,2,3,6
 */
export function inOrder<T>(ends: readonly T[], behind: (one: T) => readonly T[]): ReadonlySet<T> {
  const done = new Set<T>();
  const opened = new Set<T>();
  const pending = [...ends];
  while (pending.length > 0) {
    const last = pending.at(-1)!;
    if (opened.has(last)) {
      done.add(last);
      pending.pop();
    } else {
      opened.add(last);
      for (const one of behind(last)) if (!opened.has(one)) pending.push(one);
    }
  }
  return done;
}
