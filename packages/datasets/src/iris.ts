import { checkOptions } from '@nn/tensor';
import type { Precision } from './precision.ts';
import { attribution, type PublishedDataset, unpack } from './published-dataset.ts';
import { irisTable } from './tables/iris.ts';

export type { Precision, PublishedDataset };

/**
 * Iris: 150 flowers of three species, distinguished by four lengths in centimetres.
 *
 * 50 flowers of each species, sorted by species: shuffle them, or divide them with `trainTestSplit`. Setosa stands apart from the
 * other two, which overlap a little.
 *
 * @param options.dtype  of x: float32, or float64 for the very numbers that were published
 * @returns x [150, 4], y [150] of 0 setosa, 1 versicolor, 2 virginica, and where the data comes from
 * @throws DTypeError when dtype is another
 * @example String(iris().x.slice([0, 2]))   // [[5.1 3.5 1.4 0.2]\n [4.9 3.  1.4 0.2]]
 * @see Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936)
 */
export function iris(options: { readonly dtype?: Precision } = {}): PublishedDataset<[150, 4], [150]> {
  const { dtype = 'float32' } = checkOptions('iris', options, ['dtype']);
  return {
    ...unpack(irisTable, [[150, 4], [150]], dtype, 'iris'),
    featureNames: irisTable.featureNames,
    classNames: irisTable.classNames,
    description: 'Sepals and petals of 150 irises of three species, measured in centimetres.',
    source: 'UCI Machine Learning Repository, Iris, https://doi.org/10.24432/C56C76',
    licence: attribution,
    citation:
      'R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7 (1936); ' +
      'measurements by E. Anderson.',
  };
}
