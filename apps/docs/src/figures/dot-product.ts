import { drawProduct } from './draw-product.ts';
import { figure } from './figure.ts';

/** A row vector times a matrix, one column at a time. */
export const dotProduct = figure({
  title: 'A row times each column',
  start: { column: 1 },
  controls: [{ kind: 'slider', key: 'column', label: 'Column', min: 1, max: 3, step: 1 }],
  scene: ({ column }) =>
    drawProduct(
      [[1, 2, 3]],
      [
        [4, 5, 6],
        [7, 8, 9],
        [10, 11, 12],
      ],
      { row: 0, column: column - 1, names: ['a', 'b', 'a · b'] },
    ),
});
