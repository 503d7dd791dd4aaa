import type { Contestant, Job } from '../contestant.ts';
import { peakModule } from '../peak-module.ts';
import type { LayerStart } from '../task.ts';

/** No contestant but a limit: as many floating-point operations as the products of matrices have, in registers alone. */
export function contestant(): Contestant {
  const { bytes, operationsPerTurn } = peakModule();
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const run = instance.exports['run'] as (turns: number) => void;

  const jobOf = (operations: number): Job => {
    const turns = Math.round(operations / operationsPerTurn);
    return {
      result: () => [],
      run(times) {
        for (let time = 0; time < times; time++) run(turns);
      },
    };
  };
  const product = (rows: number, inner: number, columns: number): number => 2 * rows * inner * columns;
  const forward = (rows: number, layers: readonly LayerStart[]): number =>
    layers.reduce((sum, { weight }) => sum + product(rows, weight.shape[0]!, weight.shape[1]!), 0);
  return {
    matmul: ({ a, b }) => jobOf(product(a.shape[0]!, a.shape[1]!, b.shape[1]!)),
    // Each layer's product once forward, once for its weights, and, but for the first, once for its inputs.
    training: ({ labels: { length: rows }, layers }) =>
      jobOf(2 * forward(rows, layers) + forward(rows, layers.slice(1))),
    // Without a classifier the gradient of x is a third product of the first convolution.
    convolutional({ x, convolutions, classifier }) {
      const [samples, , height, width] = x.shape as [number, number, number, number];
      let area = samples * height * width;
      let operations = 0;
      convolutions.forEach(({ weight: { data }, pool }, at) => {
        operations += (at === 0 && classifier ? 2 : 3) * 2 * data.length * area;
        if (pool) area /= 4;
      });
      if (classifier) operations += 3 * forward(samples, [classifier.layer]);
      return jobOf(operations);
    },
    inference: ({ layers }) => jobOf(forward(1, layers)),
  };
}
