import { drawProduct } from './draw-product.ts';
import { figure } from './figure.ts';

const inputs = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
];
const transposed = inputs[0]!.map((_, column) => inputs.map((row) => row[column]!));

/** F3: a batch times the transposed weights. Rows are samples, columns are neurons. */
export const batch = figure({
  title: 'A batch times the transposed weights',
  start: { sample: 1, neuron: 1 },
  controls: [
    { kind: 'slider', key: 'sample', label: 'Sample', min: 1, max: 3, step: 1 },
    { kind: 'slider', key: 'neuron', label: 'Neuron', min: 1, max: 3, step: 1 },
  ],
  scene: ({ sample, neuron }) =>
    drawProduct(inputs, transposed, { row: sample - 1, column: neuron - 1, names: ['X', 'W.T', 'X · W.T'] }),
});
