import type { Touched } from './kernel.ts';
import type { Place } from './lens.ts';

/** Kernels that are carried out together, strip after strip of their rows: what one stores, the next finds at hand. */
export interface Pass {
  /** How many rows they all have. */
  readonly rows: number;
  readonly parts: readonly Touched[];
}

/** So few rows stay near as they are: nothing is gained by taking several kernels through them together. */
const fewRows = 96;

/** A place is read row by row or otherwise, or written row by row or otherwise: the last pass that does each. */
type LastPasses = [read: number, readUnevenly: number, written: number, writtenUnevenly: number];

/**
 * Kernels over the same rows, gathered into passes. One joins an earlier pass when each row of it needs no other row of
 * what the pass stores, and nothing that stands between them.
 */
export function passesOf(kernels: readonly Touched[]): readonly Pass[] {
  const passes: { readonly rows: number; readonly parts: Touched[] }[] = [];
  const seen = new Map<Place, LastPasses>();
  for (const own of kernels) {
    const { rows, touches } = own;
    // The last pass with a part that must come before, and the last with one of which other rows must.
    let before = -1;
    let beforeUnevenly = -1;
    for (const { place, written, byRows } of touches) {
      let known = seen.get(place);
      if (!known) seen.set(place, (known = [-1, -1, -1, -1]));
      for (let way = written ? 0 : 2; way < 4; way++) {
        before = Math.max(before, known[way]!);
        if (!byRows || way % 2 === 1) beforeUnevenly = Math.max(beforeUnevenly, known[way]!);
      }
    }
    const first = beforeUnevenly < before ? before : before + 1;
    let at = rows > fewRows ? passes.findIndex((pass, index) => index >= first && pass.rows === rows) : -1;
    if (at < 0) at = passes.push({ rows, parts: [] }) - 1;
    passes[at]!.parts.push(own);
    for (const { place, written, byRows } of touches) {
      const known = seen.get(place)!;
      const way = (written ? 2 : 0) + (byRows ? 0 : 1);
      known[way] = Math.max(known[way]!, at);
    }
  }
  return passes;
}
