import { checkOptions } from '@nn/tensor';
import type { Precision } from './precision.ts';
import { attribution, type PublishedDataset, unpack } from './published-dataset.ts';
import { digitsTable } from './tables/digits.ts';

export type { Precision, PublishedDataset };

/**
 * Digits: 1797 handwritten digits as images of 8 × 8 grey values.
 *
 * Grey values run from 0, the background, to 16: divide by 16 before training. A row of x is an image, line by line:
 * `x.reshape([-1, 8, 8])` gives the images.
 *
 * @param options.dtype  of x: float32 or float64, both exact
 * @returns x [1797, 64], y [1797] of 0 … 9, and where the data comes from
 * @throws DTypeError when dtype is another
 * @example String(digits().x.reshape([-1, 8, 8]).slice(0, [0, 2]))   // [[ 0.  0.  5. 13.  9.  1.  0.  0.]\n [ 0.  0. 13. 15. 10. 15.  5.  0.]]
 */
export function digits(options: { readonly dtype?: Precision } = {}): PublishedDataset<[1797, 64], [1797]> {
  const { dtype = 'float32' } = checkOptions('digits', options, ['dtype']);
  return {
    ...unpack(digitsTable, [[1797, 64], [1797]], dtype, 'digits'),
    featureNames: digitsTable.featureNames,
    classNames: digitsTable.classNames,
    description: '1797 digits written by 13 people, as 8 × 8 images of 17 grey values.',
    source:
      'UCI Machine Learning Repository, Optical Recognition of Handwritten Digits (the test part), ' +
      'https://doi.org/10.24432/C50P49',
    licence: attribution,
    citation: 'E. Alpaydin, C. Kaynak, Bogazici University (1998).',
  };
}
