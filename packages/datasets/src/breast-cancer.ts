import { checkOptions } from '@nn/tensor';
import type { Precision } from './precision.ts';
import { attribution, type PublishedDataset, unpack } from './published-dataset.ts';
import { breastCancerTable } from './tables/breast-cancer.ts';

export type { Precision, PublishedDataset };

/**
 * Breast cancer: 569 tumours, malignant or benign, described by 30 features of their cell nuclei in a microscope image.
 *
 * Ten features, such as radius and texture, each as the mean over the nuclei, its standard error, and the mean of the
 * three largest ("worst"). 212 tumours are malignant, 357 benign. Scale the columns: areas run into thousands.
 *
 * @param options.dtype  of x: float32, or float64 for the very numbers that were published
 * @returns x [569, 30], y [569] of 0 malignant, 1 benign, and where the data comes from
 * @throws DTypeError when dtype is another
 * @example String(breastCancer().x.slice([0, 2], [0, 3]))   // [[ 17.99  10.38 122.8 ]\n [ 20.57  17.77 132.9 ]]
 */
export function breastCancer(options: { readonly dtype?: Precision } = {}): PublishedDataset<[569, 30], [569]> {
  const { dtype = 'float32' } = checkOptions('breastCancer', options, ['dtype']);
  return {
    ...unpack(breastCancerTable, [[569, 30], [569]], dtype, 'breastCancer'),
    featureNames: breastCancerTable.featureNames,
    classNames: breastCancerTable.classNames,
    description: 'Features of the cell nuclei of 569 breast tumours, malignant or benign.',
    source: 'UCI Machine Learning Repository, Breast Cancer Wisconsin (Diagnostic), https://doi.org/10.24432/C5DW2B',
    licence: attribution,
    citation: 'W. H. Wolberg, W. N. Street, O. L. Mangasarian, University of Wisconsin (1995).',
  };
}
