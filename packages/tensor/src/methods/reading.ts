import type { DType, TypedArray } from '../dtype.ts';
import { ShapeError } from '../errors.ts';
import type { Operation, SettingsOf } from '../operation.ts';
import { format } from '../print.ts';
import { type Shape, showShape, sizeOf } from '../shape.ts';
import { packed, type Strided } from '../strided.ts';
import type { Tensor } from '../tensor.ts';

/** What an operation takes: a tensor, or a JavaScript number, which takes the dtype of the tensor beside it. */
export type Operand<S extends Shape = Shape> = Tensor<S> | number | boolean;

/** An array of numbers, nested once per axis; a plain number for a scalar. */
export type Nested = number | boolean | readonly Nested[];

/** What a tensor says of itself: its shape, its dtype, its numbers. */
export abstract class Reading<S extends Shape> {
  // What is only declared is not made empty before the constructor fills it: many tensors are made in a step.

  /** The length of each axis, outermost first. */
  declare readonly shape: S;
  /** The kind of its numbers. */
  declare readonly dtype: DType;

  constructor(shape: S, dtype: DType) {
    this.shape = shape;
    this.dtype = dtype;
  }

  /** Where the numbers lie. Refused while a function is only being traced, as there are none yet. */
  protected abstract numbers(): Strided;

  /** The one door that every operation goes through; a method vouches for the shape `R` that its type promises. */
  abstract apply<O extends Operation, R extends Shape = Shape>(
    operation: O,
    operands: readonly (Reading<Shape> | number | boolean)[],
    settings: SettingsOf<O>,
  ): Tensor<R>;

  /** How many axes there are. */
  get rank(): number {
    return this.shape.length;
  }

  /** How many elements there are. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The numbers in row-major order. Where they lie so already the array is shared, not copied: read it, do not write to it.
   *
   * @example tensor([[1, 2], [3, 4]]).T.data.join(' ')   // 1 3 2 4
   */
  get data(): TypedArray {
    return packed(this.numbers(), this.shape, this.dtype);
  }

  /**
   * The number of a tensor that holds just one.
   *
   * @throws ShapeError when it holds more or fewer
   * @example tensor([[7]]).item()   // 7
   */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(
        `item: shape ${showShape(this.shape)} holds ${this.size} numbers, not one. Use toArray(), or reduce it first.`,
      );
    }
    return this.data[0]!;
  }

  /**
   * The numbers as nested arrays; a scalar gives a number, booleans give true and false.
   *
   * @example JSON.stringify(tensor([[1, 2], [3, 4]]).toArray())   // [[1,2],[3,4]]
   */
  toArray(): Nested {
    const { data, shape, dtype } = this;
    let at = 0;
    const level = (axis: number): Nested => {
      if (axis === shape.length) {
        const value = data[at++]!;
        return dtype === 'bool' ? value !== 0 : value;
      }
      return Array.from({ length: shape[axis]! }, () => level(axis + 1));
    };
    return level(0);
  }

  /**
   * The text that `print` gives for the same array in NumPy.
   *
   * @example String(tensor([0.1, 20, -3]))   // [ 0.1 20.  -3. ]
   */
  toString(): string {
    return format(this.data, this.shape, this.dtype);
  }

  // Node's console shows tensors as `print` does.
  static {
    const { prototype } = this;
    Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), { value: prototype.toString });
  }
}

/**
 * Gives a class a method for each operation, under the operation's name: `x.exp()` applies `exp`.
 *
 * @param method  what the method of an operation does
 * @returns       the class, as one that has these methods: their types and docstrings stand in an interface beside it
 */
/* @__NO_SIDE_EFFECTS__ */
export function withMethods<Class, O extends Operation>(
  into: { readonly prototype: object },
  operations: readonly O[],
  method: (operation: O) => (this: Tensor, ...rest: never[]) => Tensor,
): Class {
  for (const operation of operations) {
    Object.defineProperty(into.prototype, operation.name, { value: method(operation) });
  }
  return into as Class;
}
