import { arange, checkRandom, DTypeError, permutation, type Random, type Tensor } from '@nn/tensor';

/**
 * The order of the rows before they are divided: shuffled, or, when asked for, as they are. Data is often sorted by class, so
 * neither is silently assumed.
 */
export type Order =
  | { readonly random: Random; readonly shuffle?: true }
  | { readonly shuffle: false; readonly random?: Random };

/** The generator to shuffle with, or undefined when the rows are to stay in their order. */
export function shufflerOf(
  { random, shuffle = true }: { random?: Random; shuffle?: boolean },
  asked: string,
): Random | undefined {
  if (!shuffle) return undefined;
  if (random === undefined) {
    throw new DTypeError(
      `${asked}: the rows are shuffled, but no generator was given. Write random: randomState(0), ` +
        `or shuffle: false to keep their order.`,
    );
  }
  return checkRandom(random, asked);
}

/** The numbers of the rows in that order. */
export function orderOf(rows: number, random: Random | undefined): Tensor<[number]> {
  return random ? permutation(random, rows) : arange(rows);
}
