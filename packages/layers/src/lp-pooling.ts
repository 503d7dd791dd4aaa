import { checkNumber, tensor, type Tensor } from '@nn/tensor';
import { countedElements } from './average-pooling.ts';
import { type Layer, layer } from './layer.ts';
import { pooledWindows, type PoolingOptions } from './pooling.ts';
import type { ChannelsKept } from './shape-rule.ts';

/** The options of `lpPool1d` and `lpPool2d`. */
export interface LpPoolingOptions extends PoolingOptions {
  /** The power; 2 unless given. */
  readonly power?: number;
}

/** What `lpPool1d` and `lpPool2d` have in common. */
export function lpPooling(
  kind: string,
  rank: number,
  size: number | readonly number[],
  options: LpPoolingOptions,
): Layer<ChannelsKept> {
  const { caller, of } = pooledWindows(kind, rank, size, options, ['power']);
  const { power = 2 } = options;
  checkNumber(caller, 'power', power, power > 0 && power < Infinity, 'a finite number above 0', 'Write power: 2.');
  return layer({
    title: caller,
    call(x): Tensor {
      // Powers before windows: each number is raised once, however many windows it is in. Zeros outside stay zeros.
      const { windows, elements, axes } = of(x.pow(power) as Tensor, 0);
      const sums = windows.sum(elements) as Tensor;
      const whole = axes.reduce((product, axis) => product * axis.size, 1);
      const factors = countedElements(axes, true).map((count) => whole / count);
      const scaled = factors.every((factor) => factor === 1)
        ? sums
        : sums.mul(tensor(factors, { dtype: x.dtype }).reshape(axes.map(({ positions }) => positions)) as Tensor);
      return scaled.pow(1 / power);
    },
  }) as unknown as Layer<ChannelsKept>;
}
