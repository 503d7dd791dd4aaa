import type { Random } from '../operation.ts';
import { blank } from '../strided.ts';
import type { Kernel } from './kernel.ts';

/** Four numbers per block: the key is the counter tensor, the block number counts the elements. */
export const random: Kernel<Random> = (operation, [counter], _settings, shape) => {
  const result = blank(shape, 'float32');
  const { array } = result;
  const seed = counter!.array[counter!.offset]!;
  const count = counter!.array[counter!.offset + counter!.strides[0]!]!;
  for (let at = 0; at < array.length; at += 4) {
    const words = operation.words(seed >>> 0, count >>> 0, at / 4);
    for (let k = 0; k < 4 && at + k < array.length; k++) array[at + k] = (words[k]! >>> 8) / 2 ** 24;
  }
  return result;
};
