/**
 * Topological order of all nodes reachable from `ends`: each node after its inputs.
 *
 * Iterative, because recursion would overflow the stack on long chains.
 *
 * @param ends      the last end, with its inputs, comes first
 * @param inputsOf  the direct inputs of a node; the last of them comes first
 * @example [...topologicalOrder([6], (x: number) => [x / 2, x / 3].filter(Number.isInteger))].join()   // 1,2,3,6
 */
export function topologicalOrder<T>(ends: readonly T[], inputsOf: (node: T) => readonly T[]): ReadonlySet<T> {
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
      for (const input of inputsOf(last)) if (!opened.has(input)) pending.push(input);
    }
  }
  return done;
}
