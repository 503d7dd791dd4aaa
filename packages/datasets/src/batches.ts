import { checkNumber, checkOptions, checkRandom, permutation, type Random, type Shape, type Tensor } from '@nn/tensor';
import { type AnyRows, type Dataset, pickRows, rowsOf } from './dataset.ts';

/** The batches of a data set. Each iteration is an epoch. */
export interface Batches<X extends Shape = Shape, Y extends Shape = Shape> extends Iterable<
  Dataset<AnyRows<X>, AnyRows<Y>>
> {
  /** How many batches an epoch has. */
  readonly count: number;
}

/**
 * The rows in batches of `size`, one for each training step. Iterating over them once is an epoch; iterate as often as
 * you like.
 *
 * With `random` the rows are shuffled again for every epoch; without it they keep their order. The last batch is shorter
 * when the rows do not divide evenly, unless it is dropped.
 *
 * An epoch draws exactly one `permutation(random, N)`, when its first batch is read. So equal seeds give equal batches, and
 * an epoch that is left early does not change the next one.
 *
 * @param data             x and y with equally many rows
 * @param options.size     rows per batch, 1 … N
 * @param options.random   shuffles the rows, again for every epoch
 * @param options.dropLast leave out the last batch when it is shorter than the others
 * @throws RangeError, TypeError when size is not an integer from 1 to N
 * @example Array.from(batches({ x: arange(5), y: arange(5) }, { size: 2 }), ({ x }) => String(x)).join(' ')   // [0 1] [2 3] [4]
 */
export function batches<X extends Shape, Y extends Shape>(
  data: Dataset<X, Y>,
  options: { readonly size: number; readonly random?: Random; readonly dropLast?: boolean },
): Batches<X, Y> {
  const { size, random, dropLast = false } = checkOptions('batches', options, ['size', 'random', 'dropLast']);
  const rows = rowsOf(data, 'batches');
  const fits = Number.isInteger(size) && size >= 1 && size <= rows;
  const requirement = `an integer from 1 to ${rows}, the number of rows`;
  const hint = size > rows ? `Write size: ${rows} for all rows at once.` : 'Powers of two from 16 to 128 are usual.';
  checkNumber('batches', 'size', size, fits, requirement, hint);
  if (random !== undefined) checkRandom(random, 'batches');
  const count = dropLast ? Math.floor(rows / size) : Math.ceil(rows / size);
  return {
    count,
    *[Symbol.iterator]() {
      const order = random && permutation(random, rows);
      for (let batch = 0; batch < count; batch++) {
        const range = [batch * size, Math.min((batch + 1) * size, rows)] as const;
        if (order) yield pickRows(data, order.slice(range));
        else {
          const { x, y } = data;
          yield { x: x.slice(range) as Tensor<AnyRows<X>>, y: y.slice(range) as Tensor<AnyRows<Y>> };
        }
      }
    },
  };
}
