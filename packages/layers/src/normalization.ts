import {
  checkFloating,
  checkNumber,
  checkOptions,
  type DType,
  ones,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
  variable,
  zeros,
} from '@nn/tensor';

/** The options that all normalisations have. */
export interface NormOptions {
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
  /** Whether there are a scale and a shift to be trained; true unless given. */
  readonly affine?: boolean;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
  /** The dtype of its variables; float32 unless given. */
  readonly dtype?: DType;
}

/** What the options of a normalisation come to. */
interface Affine {
  readonly epsilon: number;
  readonly dtype: DType;
  readonly name: string | undefined;
  /** The scale, `weight`, and the shift, `bias`; neither without `affine`. */
  readonly parameters: { readonly weight?: Variable; readonly bias?: Variable };
}

/**
 * Checks the options of a normalisation and makes its scale, of ones, and its shift, of zeros.
 *
 * @param kind    the function that makes the layer
 * @param caller  the layer, for messages
 * @param what    what the lengths in `shape` count
 * @param shape   the shape of scale and shift
 * @param more    the names of further options
 */
export function affineOf(
  kind: string,
  caller: string,
  what: string,
  shape: Shape,
  options: NormOptions,
  more: readonly string[] = [],
): Affine {
  const given = checkOptions(kind, options, [...more, 'epsilon', 'affine', 'name', 'dtype']);
  const { epsilon = 1e-5, affine = true, name, dtype = 'float32' } = given;
  for (const length of shape) {
    checkNumber(caller, what, length, Number.isInteger(length) && length > 0, 'a positive integer');
  }
  checkNumber(caller, 'epsilon', epsilon, epsilon >= 0 && epsilon < Infinity, 'a finite non-negative number');
  checkFloating(dtype, `${caller}: the dtype`);
  if (!affine) return { epsilon, dtype, name, parameters: {} };
  const own = (part: string, value: Tensor): Variable => variable(value, { name: `${name ?? caller}.${part}` });
  const parameters = { weight: own('weight', ones(shape, { dtype })), bias: own('bias', zeros(shape, { dtype })) };
  return { epsilon, dtype, name, parameters };
}

/** Mean 0 and (biased) variance 1 along some axes. */
export function standardize(x: Tensor, axes: readonly number[], epsilon: number): Tensor {
  const kept = { keepdims: true };
  return x.sub(x.mean(axes, kept) as Tensor).div((x.var(axes, kept) as Tensor).add(epsilon).sqrt() as Tensor);
}

/** x · weight + bias, with one weight and one bias for each channel, axis 1 of x. */
export function affinePerChannel(x: Tensor, { weight, bias }: Affine['parameters']): Tensor {
  const perChannel = x.shape.map((length, axis) => (axis === 1 ? length : 1));
  const scaled: Tensor = weight ? x.mul(weight.reshape(perChannel) as Tensor) : x;
  return bias ? scaled.add(bias.reshape(perChannel) as Tensor) : scaled;
}

/** @throws ShapeError when x has other channels, or fewer axes than `least` */
export function checkChannels(caller: string, x: Tensor, channels: number, least: number): void {
  if (x.rank >= least && x.shape[1] === channels) return;
  throw new ShapeError(
    `${caller} expects x of shape [N, ${channels}, ${least > 2 ? '*, ' : ''}…], got ${showShape(x.shape)}. ` +
      `Reshape x, or make a layer for ${x.shape[1] ?? 'its'} channels.`,
  );
}
