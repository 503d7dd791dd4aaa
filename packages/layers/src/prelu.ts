import {
  checkFloating,
  checkNumber,
  checkOptions,
  type DType,
  full,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
  variable,
  where,
} from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `prelu`. */
export interface PreluOptions {
  /** How many channels have a slope of their own, the length of axis 1 of x; one slope for all unless given. */
  readonly channels?: number;
  /** The slopes to begin with; 0.25 unless given. */
  readonly negativeSlope?: number;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
  /** The dtype of the slopes; float32 unless given. */
  readonly dtype?: DType;
}

/** A parametric relu. Its parameter is `weight` [channels]. */
export interface Prelu extends Layer<SameShape> {
  readonly weight: Variable;
}

/**
 * The parametric relu: a leaky relu whose slope is trained.
 *
 *   y = x where x > 0, else weight · x
 *
 * @throws RangeError, TypeError when an option does not fit
 * @throws ShapeError when x has other channels
 * @example String(prelu()(tensor([-1, 2])))   // [-0.25  2.  ]
 * @see He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015)
 */
/* @__NO_SIDE_EFFECTS__ */
export function prelu(options: PreluOptions = {}): Prelu {
  const given = checkOptions('prelu', options, ['channels', 'negativeSlope', 'name', 'dtype']);
  const { channels = 1, negativeSlope = 0.25, name, dtype = 'float32' } = given;
  checkNumber('prelu', 'channels', channels, Number.isInteger(channels) && channels > 0, 'a positive integer');
  checkNumber('prelu', 'negativeSlope', negativeSlope, Number.isFinite(negativeSlope), 'a finite number');
  checkFloating(dtype, 'prelu: the dtype');
  const weight = variable(full([channels], negativeSlope, { dtype }), { name: `${name ?? 'prelu'}.weight` });
  const made = layer({
    title: channels === 1 ? 'prelu' : `prelu(${channels})`,
    name,
    parameters: { weight },
    call(x): Tensor {
      if (channels !== 1 && x.shape[1] !== channels) {
        throw new ShapeError(
          `prelu expects x of shape [N, ${channels}, …], got ${showShape(x.shape)}. ` +
            `Write prelu({ channels: ${x.shape[1] ?? 1} }).`,
        );
      }
      const slopes: Tensor =
        channels === 1 ? weight : weight.reshape(x.shape.map((length, axis) => (axis === 1 ? length : 1)));
      return where(x.greater(0), x, x.mul(slopes));
    },
  });
  return Object.assign(made, { weight }) as unknown as Prelu;
}
