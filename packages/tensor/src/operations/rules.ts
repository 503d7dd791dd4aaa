import { checkIs, type DType, promote } from '../dtype.ts';

/** The dtype of moved elements: the strongest dtype of the inputs. */
export const strongest = (dtypes: readonly DType[]): DType => dtypes.reduce(promote);

/** The dtype of arithmetic: the strongest dtype of the inputs, at least int32. Booleans count as 0 and 1. */
export const arithmetic = (dtypes: readonly DType[]): DType => promote('int32', strongest(dtypes));

/** The dtype of real functions: the strongest dtype of the inputs, at least float32. */
export const floating = (dtypes: readonly DType[]): DType => promote('float32', strongest(dtypes));

/** The dtype of comparisons and logic. */
export const truth = (): DType => 'bool';

/**
 * The dtype of indexed elements. The indices must be int32.
 *
 * @throws DTypeError when the indices are not int32
 */
export function indexed(name: string): (dtypes: readonly DType[]) => DType {
  return ([values, indices, source = values]) => {
    checkIs(indices!, 'int32', `${name}: indices`);
    return promote(values!, source!);
  };
}

/**
 * Builds a table of operations.
 *
 * @param entries  the entry of each operation, under its name
 * @param build    makes an operation of a name and an entry
 */
/* @__NO_SIDE_EFFECTS__ */
export function byName<Name extends string, Entry, Operation>(
  entries: { readonly [N in Name]: Entry },
  build: (name: string, entry: Entry) => Operation,
): { readonly [N in Name]: Operation } {
  const built = Object.entries<Entry>(entries).map(([name, entry]) => [name, build(name, entry)] as const);
  return Object.fromEntries(built) as { readonly [N in Name]: Operation };
}
