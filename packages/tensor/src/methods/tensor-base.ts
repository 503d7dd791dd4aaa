import type { DType, ReadonlyTypedArray, TypedArray } from '../dtype.ts';
import { DTypeError, ShapeError } from '../errors.ts';
import type { Operation, SettingsOf } from '../operation.ts';
import { format } from '../print.ts';
import { type Shape, showShape, sizeOf } from '../shape.ts';
import { packed, type Strided } from '../strided.ts';
import type { Tensor } from '../tensor.ts';

/** An input of an operation: a tensor, or a JavaScript number, which gets the dtype of the other operands. */
export type Operand<S extends Shape = Shape> = Tensor<S> | number | boolean;

/** Numbers in arrays that are nested once per axis; a plain number for a scalar. */
export type Nested = number | boolean | readonly Nested[];

/** What `JSON.stringify` writes of a tensor. */
export interface TensorJSON {
  readonly shape: Shape;
  readonly dtype: DType;
  /** The elements in row-major order. JSON has no −0, NaN and ±∞: they are '-0', 'NaN', 'Infinity' and '-Infinity'. */
  readonly data: readonly (number | string)[];
}

/** `structuredClone` and `postMessage` refuse symbols, and name them in the error. */
const uncloneable: symbol = /* @__PURE__ */ Symbol('tensor: send x.toJSON() instead');

/** The properties of a tensor and its conversions: shape, dtype, data, arrays, text. */
export abstract class TensorBase<S extends Shape> {
  // `declare` avoids initializing each property twice: a step creates many tensors.

  /** The length of each axis, outermost first. */
  declare readonly shape: S;
  /** The type of its elements. */
  declare readonly dtype: DType;
  /** Makes `structuredClone` and `postMessage` throw: they would lose the elements in silence. It is the first property. */
  declare protected readonly uncloneable: symbol;

  constructor(shape: S, dtype: DType) {
    this.uncloneable = uncloneable;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** The array of elements and how it is read. Throws while a function is traced, because there are no elements yet. */
  protected abstract numbers(): Strided;

  /** Applies an operation: every method does. `R` is the shape that the method declares; it is not checked here. */
  abstract apply<O extends Operation, R extends Shape = Shape>(
    operation: O,
    operands: readonly (TensorBase<Shape> | number | boolean)[],
    settings: SettingsOf<O>,
  ): Tensor<R>;

  /** The number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The elements in row-major order. The array may be shared with other tensors, so it is for reading only. */
  elements(): TypedArray {
    return packed(this.numbers(), this.shape, this.dtype);
  }

  /**
   * The elements in row-major order, for reading: the array may be shared with other tensors. `slice()` copies it.
   *
   * @example tensor([[1, 2], [3, 4]]).T.data.join(' ')   // 1 3 2 4
   */
  get data(): ReadonlyTypedArray {
    return this.elements();
  }

  /**
   * The value of a tensor that has one element.
   *
   * @throws ShapeError when it has more or fewer
   * @example tensor([[7]]).item()   // 7
   */
  item(): number {
    if (this.size !== 1) {
      throw new ShapeError(
        `item: shape ${showShape(this.shape)} has ${this.size} elements, not one. Use toArray(), or reduce it first.`,
      );
    }
    return this.elements()[0]!;
  }

  /**
   * The elements as nested arrays. A scalar gives a number, bool gives true and false.
   *
   * @example JSON.stringify(tensor([[1, 2], [3, 4]]).toArray())   // [[1,2],[3,4]]
   */
  toArray(): Nested {
    const { shape, dtype } = this;
    const data = this.elements();
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
   * The text that NumPy prints for the same array.
   *
   * @example String(tensor([0.1, 20, -3]))   // [ 0.1 20.  -3. ]
   */
  toString(): string {
    return format(this.elements(), this.shape, this.dtype);
  }

  /**
   * The shape, dtype and elements, as `JSON.stringify` writes them. `tensor(JSON.parse(text))` restores the tensor.
   *
   * @example JSON.stringify(tensor([[1, NaN]]))   // {"shape":[1,2],"dtype":"float32","data":[1,"NaN"]}
   */
  toJSON(): TensorJSON {
    const { shape, dtype } = this;
    const write = (x: number): number | string => (Object.is(x, -0) ? '-0' : Number.isFinite(x) ? x : String(x));
    return { shape, dtype, data: Array.from(this.elements(), write) };
  }

  /**
   * Text for `String(x)` and template literals. JavaScript's operators would compute with that text, so they throw.
   *
   * @throws DTypeError for x + 1, x * 2, x < 3 and the like
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new DTypeError(
      `Operators such as + and < do not work with a tensor, shape ${showShape(this.shape)}. ` +
        `Write x.add(1), x.less(1), …; x.item() gives a number, String(x) gives text.`,
    );
  }

  static {
    const { prototype } = this;
    // Vue makes only objects of the tag Object reactive, by a Proxy around them. A tensor must not be wrapped.
    Object.defineProperty(prototype, Symbol.toStringTag, { value: 'Tensor' });
    // The console of Node shows the text of toString too.
    Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), { value: prototype.toString });
  }
}

/**
 * Adds a method for each operation to a class, under the name of the operation: `x.exp()` applies `exp`.
 *
 * @param method  returns the method of an operation
 * @returns       the class, with the type `Class`: types and docstrings of the methods are declared in an interface
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
