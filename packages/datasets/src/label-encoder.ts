import { checkTensor, DTypeError, fromTypedArray, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { categoriesOf, type Category, indicesOf, valuesOf } from './categories.ts';

/** What a label encoder has learned. */
export interface LabelEncoding<C extends Category = Category> {
  /** The classes in ascending order: class index 0, 1, … */
  readonly classes: readonly C[];
  /**
   * The class index of each label, int32 of shape [N].
   *
   * @throws RangeError when a label was not there when the encoder was fitted
   */
  transform(labels: readonly Category[] | Tensor): Tensor<[number]>;
  /**
   * The label of each class index.
   *
   * @throws DTypeError, ShapeError when the indices are not int32 of shape [N]
   * @throws RangeError when an index names no class
   */
  inverse(indices: Tensor): C[];
}

/** Learns classes from labels. */
export interface LabelEncoder {
  /**
   * @param labels  texts, numbers or booleans, one for each row: an array, or a tensor of shape [N]
   * @throws TypeError when they are mixed
   * @throws RangeError when there is none, or one is NaN
   */
  fit<C extends Category>(labels: readonly C[] | Tensor): LabelEncoding<C>;
}

/**
 * Class indices for labels: the different labels in ascending order are 0, 1, … As `LabelEncoder` of scikit-learn.
 *
 * @returns an encoder with fit(labels), which gives { classes, transform(labels), inverse(indices) }
 * @example
 * const { classes, transform } = labelEncoder().fit(['dog', 'cat', 'dog']);
 * [classes, String(transform(['dog', 'cat']))].join(' ')   // cat,dog [1 0]
 */
export function labelEncoder(): LabelEncoder {
  const caller = 'labelEncoder';
  return {
    fit<C extends Category>(labels: readonly C[] | Tensor): LabelEncoding<C> {
      const classes = categoriesOf(valuesOf<C>(labels, caller), caller);
      const indices: ReadonlyMap<Category, number> = indicesOf(classes);
      return {
        classes,
        transform(others) {
          const values = valuesOf(others, `${caller}.transform`);
          const found = Int32Array.from(values, (value, row) => {
            const index = indices.get(value);
            if (index !== undefined) return index;
            throw new RangeError(
              `${caller}.transform: row ${row} has label ${String(value)}, which was not there in fit. ` +
                `The classes are ${classes.slice(0, 10).join(', ')}. Fit all labels, or leave the row out.`,
            );
          });
          return fromTypedArray(found, [found.length]);
        },
        inverse(given) {
          const { dtype, shape, data } = checkTensor(given, `${caller}.inverse`);
          if (dtype !== 'int32') {
            throw new DTypeError(`${caller}.inverse: class indices must be int32, got ${dtype}. Write cast('int32').`);
          }
          if (shape.length !== 1) {
            throw new ShapeError(
              `${caller}.inverse: class indices must have shape [N], got ${showShape(shape)}. Write argmax(1) for logits.`,
            );
          }
          return Array.from(data, (index, row) => {
            if (index >= 0 && index < classes.length) return classes[index]!;
            throw new RangeError(
              `${caller}.inverse: row ${row} has class index ${index}, but there are ${classes.length} classes, ` +
                `0 … ${classes.length - 1}. Check where the indices come from.`,
            );
          });
        },
      };
    },
  };
}
