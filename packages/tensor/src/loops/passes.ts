import { meet, type Touched } from './kernel.ts';

/** Kernels that are carried out together, strip after strip of their rows: what one stores, the next finds at hand. */
export interface Pass {
  /** How many rows they all have. */
  readonly rows: number;
  readonly parts: readonly Touched[];
}

/** So few rows stay near as they are: nothing is gained by taking several kernels through them together. */
const fewRows = 96;

/**
 * Kernels over the same rows, gathered into passes. One joins an earlier pass when each row of it needs no other row of
 * what the pass stores, and nothing that stands between them.
 */
export function passesOf(kernels: readonly Touched[]): readonly Pass[] {
  const passes: { readonly rows: number; readonly parts: Touched[] }[] = [];
  for (const own of kernels) {
    const { rows } = own;
    const meets = ({ parts }: Pass, unevenly: boolean): boolean => parts.some((part) => meet(part, own, unevenly));
    const last = passes.findLastIndex((pass) => meets(pass, false));
    const joined =
      rows > fewRows &&
      passes.find((pass, at) => at >= last && pass.rows === rows && (at > last || !meets(pass, true)));
    if (joined) joined.parts.push(own);
    else passes.push({ rows, parts: [own] });
  }
  return passes;
}
