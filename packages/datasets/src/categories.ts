import { checkTensor, type Tensor } from '@nn/tensor';

/** What names a category: texts, numbers or booleans, not mixed. */
export type Category = string | number | boolean;

/**
 * The different categories in ascending order: numbers by size, texts by code points, false before true.
 *
 * @throws TypeError when they are of several kinds, or of none of these
 * @throws RangeError when there is none, or one is NaN
 */
export function categoriesOf<C extends Category>(values: readonly C[], caller: string): readonly C[] {
  const kind = typeof values[0];
  const wrong = values.findIndex((value) => typeof value !== kind || !['string', 'number', 'boolean'].includes(kind));
  if (wrong >= 0) {
    throw new TypeError(
      `${caller}: categories must be all texts, all numbers or all booleans, got ${typeof values[wrong]} at ${wrong} after ` +
        `${kind}. Convert them first.`,
    );
  }
  const missing = values.findIndex((value) => Number.isNaN(value));
  if (missing >= 0) {
    throw new RangeError(`${caller}: a category must not be NaN, got it at ${missing}. Replace it with imputer first.`);
  }
  if (values.length === 0) {
    throw new RangeError(`${caller}: there must be at least one row to learn the categories from, got none.`);
  }
  return [...new Set(values)].sort(ascending);
}

/** The index of each category. */
export function indicesOf<C extends Category>(categories: readonly C[]): ReadonlyMap<C, number> {
  return new Map(categories.map((category, index) => [category, index]));
}

/** The values of an array, or of a tensor of rank 1; booleans for bool. */
export function valuesOf<C extends Category>(values: readonly C[] | Tensor, caller: string): readonly C[] {
  if (Array.isArray(values)) return values as readonly C[];
  const { data, dtype } = checkTensor(values as Tensor, caller);
  return Array.from(data, (value) => (dtype === 'bool' ? value !== 0 : value)) as readonly Category[] as readonly C[];
}

function ascending(a: Category, b: Category): number {
  if (typeof a !== 'string' || typeof b !== 'string') return Number(a) - Number(b);
  // The order of UTF-16 units differs for characters that take two of them.
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((character, index) => character !== right[index]);
  if (at < 0) return left.length - right.length;
  return left[at]!.codePointAt(0)! - (right[at]?.codePointAt(0) ?? -1);
}
