import type { Job } from '../contestant.ts';
import { programOf, resultOf } from '../patterns/index.ts';
import type { PatternTask } from '../task.ts';

/** The plain loops of a pattern, which write into the same array every time. */
export function pattern({ pattern: name, dtype }: PatternTask): Job {
  const { inputs, loops } = programOf(name, dtype);
  const out = resultOf(name, dtype).elements().slice();
  const arrays = inputs.map((x) => x.elements());
  return {
    result() {
      loops(out, ...arrays);
      return out;
    },
    run(times) {
      for (let time = 0; time < times; time++) loops(out, ...arrays);
    },
  };
}
