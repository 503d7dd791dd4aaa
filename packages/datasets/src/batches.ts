import {
  checkNumber,
  checkOptions,
  checkRandom,
  fromTypedArray,
  permutation,
  type Random,
  type Shape,
  type Tensor,
} from '@nn/tensor';
import { type AnyRows, type Dataset, pickRows, rowsOf } from './dataset.ts';
import { classRows } from './partition.ts';

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
 * An epoch draws exactly one `permutation(random, N)`, when its first batch is read, unless it is balanced. So equal seeds give equal batches, and
 * an epoch that is left early does not change the next one.
 *
 * With `balanced` every class is there equally often, whatever its share of the rows: an epoch still has N rows, drawn in
 * rounds of one row of each class in random order. The rows of a class are shuffled, and again when all have been there.
 * So a batch whose size is a multiple of the number of classes holds equally many rows of each.
 *
 * @param data             x and y with equally many rows
 * @param options.size     rows per batch, 1 … N
 * @param options.random   shuffles the rows, again for every epoch
 * @param options.dropLast leave out the last batch when it is shorter than the others
 * @param options.balanced draws every class equally often; y holds class indices, int32 of shape [N]
 * @throws RangeError, TypeError when size is not an integer from 1 to N, or balanced batches have no random
 * @throws DTypeError, ShapeError when batches are balanced and y holds no class indices
 * @example Array.from(batches({ x: arange(5), y: arange(5) }, { size: 2 }), ({ x }) => String(x)).join(' ')   // [0 1] [2 3] [4]
 */
export function batches<X extends Shape, Y extends Shape>(
  data: Dataset<X, Y>,
  options: {
    readonly size: number;
    readonly random?: Random;
    readonly dropLast?: boolean;
    readonly balanced?: boolean;
  },
): Batches<X, Y> {
  const {
    size,
    random,
    dropLast = false,
    balanced = false,
  } = checkOptions('batches', options, ['size', 'random', 'dropLast', 'balanced']);
  const rows = rowsOf(data, 'batches');
  const fits = Number.isInteger(size) && size >= 1 && size <= rows;
  const requirement = `an integer from 1 to ${rows}, the number of rows`;
  const hint = size > rows ? `Write size: ${rows} for all rows at once.` : 'Powers of two from 16 to 128 are usual.';
  checkNumber('batches', 'size', size, fits, requirement, hint);
  if (random !== undefined) checkRandom(random, 'batches');
  if (balanced && !random) {
    throw new TypeError(
      'batches: balanced batches are drawn, so they need a generator, got none. Write { random: generator(0), balanced: true }.',
    );
  }
  const classes = balanced ? classRows(data.y, 'batches').map((each) => each.rows) : [];
  const count = dropLast ? Math.floor(rows / size) : Math.ceil(rows / size);
  return {
    count,
    *[Symbol.iterator]() {
      const order = random && (balanced ? balancedOrder(classes, rows, random) : permutation(random, rows));
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

/** Rows in rounds of one row of each class. */
function balancedOrder(classes: readonly ArrayLike<number>[], rows: number, random: Random): Tensor {
  const queues: number[][] = classes.map(() => []);
  const order = new Int32Array(rows);
  for (let at = 0; at < rows; at += classes.length) {
    const round = permutation(random, classes.length).data.subarray(0, rows - at);
    for (const [place, which] of round.entries()) {
      const queue = queues[which]!;
      const members = classes[which]!;
      if (queue.length === 0) for (const one of permutation(random, members.length).data) queue.push(members[one]!);
      order[at + place] = queue.pop()!;
    }
  }
  return fromTypedArray(order, [rows]);
}
