import type { Random } from '../operation.ts';
import { blank, packed } from '../strided.ts';
import type { Kernel } from './kernel.ts';

/** Numbers drawn from a counter. */
export const random: Kernel<Random> = (operation, [counter], _settings, shape, dtype) => {
  const result = blank(shape, dtype);
  const [seed, count] = packed(counter!, counter!.shape, counter!.dtype);
  operation.fill(result.array, seed!, count!);
  return result;
};
