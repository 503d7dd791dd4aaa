import { checkIs, type DType, promote } from '../dtype.ts';

/** The strongest dtype among the inputs. */
export const strongest = (dtypes: readonly DType[]): DType => dtypes.reduce(promote);

/** Arithmetic: the strongest dtype; booleans count as the integers 0 and 1. */
export const arithmetic = (dtypes: readonly DType[]): DType => promote('int32', strongest(dtypes));

/** Functions of real numbers: float64 stays, all else becomes at least float32. */
export const floating = (dtypes: readonly DType[]): DType => promote('float32', strongest(dtypes));

/** Questions: their answer is yes or no. */
export const truth = (): DType => 'bool';

/**
 * The dtype of things that are moved, not computed: the indices beside them must be integers.
 *
 * @throws DTypeError when an index is no int32
 */
export function indexed(name: string): (dtypes: readonly DType[]) => DType {
  return ([values, indices, source = values]) => {
    checkIs(indices!, 'int32', `${name}: indices`);
    return promote(values!, source!);
  };
}

/**
 * Operations by name.
 *
 * @param written  what is written of each, under its name
 * @param build    makes an operation of it
 */
/* @__NO_SIDE_EFFECTS__ */
export function byName<Name extends string, Written, Operation>(
  written: { readonly [N in Name]: Written },
  build: (name: string, own: Written) => Operation,
): { readonly [N in Name]: Operation } {
  const built = Object.entries<Written>(written).map(([name, own]) => [name, build(name, own)] as const);
  return Object.fromEntries(built) as { readonly [N in Name]: Operation };
}
