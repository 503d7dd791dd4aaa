import { type Kernel, type Touch, type Touched, touched } from './kernel.ts';

/** Kernels that are carried out together, strip after strip of their rows: what one stores, the next finds at hand. */
export interface Pass {
  /** How many rows they all have. */
  readonly rows: number;
  readonly kernels: readonly Kernel[];
  /** What each of them touches. */
  readonly touches: readonly Touched[];
}

/** So few rows stay near as they are: nothing is gained by taking several kernels through them together. */
const fewRows = 96;

interface Open extends Pass {
  readonly kernels: Kernel[];
  readonly touches: Touched[];
}

/**
 * Kernels over the same rows, gathered into passes. One joins an earlier pass when each row of it needs no other row of
 * what the pass stores, and nothing that stands between them.
 */
export function passesOf(kernels: readonly Kernel[]): readonly Pass[] {
  const passes: Open[] = [];
  for (const kernel of kernels) {
    const own = touched(kernel);
    let last = passes.length - 1;
    while (last >= 0 && !meet(passes[last]!, own, () => true)) last--;
    const pass = passes.find(
      (one, at) =>
        at >= last && own.rows > fewRows && one.rows === own.rows && !meet(one, own, (a, b) => !a.byRows || !b.byRows),
    );
    if (pass) {
      pass.kernels.push(kernel);
      pass.touches.push(own);
    } else passes.push({ rows: own.rows, kernels: [kernel], touches: [own] });
  }
  return passes;
}

/** Is there a place that one writes and the other touches, and that stands against doing both at once? */
function meet({ touches }: Open, later: Touched, against: (a: Touch, b: Touch) => boolean): boolean {
  const some = (written: readonly Touch[], other: readonly Touch[]): boolean =>
    written.some((a) => other.some((b) => a.place === b.place && against(a, b)));
  return touches.some(
    ({ reads, writes }) => some(writes, later.reads) || some(writes, later.writes) || some(reads, later.writes),
  );
}
