import type { Contestant } from '../contestant.ts';
import { peakModule } from '../peak-module.ts';

/** No contestant but a limit: as many floating-point operations as the product has, in registers alone. */
export function contestant(): Contestant {
  const { bytes, operationsPerTurn } = peakModule();
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const run = instance.exports['run'] as (turns: number) => void;
  return {
    matmul({ a, b }) {
      const operations = 2 * a.shape[0]! * a.shape[1]! * b.shape[1]!;
      const turns = Math.round(operations / operationsPerTurn);
      return {
        result: () => [],
        run(times) {
          for (let time = 0; time < times; time++) run(turns);
        },
      };
    },
  };
}
