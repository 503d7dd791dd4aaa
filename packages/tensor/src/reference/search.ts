import type { Search } from '../operation.ts';
import { otherAxes, sizeOf } from '../shape.ts';
import { blank } from '../strided.ts';
import type { Kernel } from './kernel.ts';
import { besideResults } from './reduce.ts';

/** The place of the best element along one axis. */
export const search: Kernel<Search> = (operation, [input], { axis }, shape) => {
  const { array: from, shape: lengths } = input!;
  const result = blank(shape, 'int32');
  const { array } = result;
  const walk = besideResults(input!, lengths.with(axis, 1), [...otherAxes(lengths, [axis]), axis]);
  const step = walk.steps[0]!;
  for (let left = sizeOf(lengths); left > 0; left -= walk.run, walk.next()) {
    let i = walk.offsets[0]!;
    let best = from[i]!;
    for (let index = 1; index < lengths[axis]!; index++) {
      i += step;
      if (operation.better(from[i]!, best)) {
        best = from[i]!;
        array[walk.offsets[1]!] = index;
      }
    }
  }
  return result;
};
