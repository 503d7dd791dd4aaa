import { checkOptions } from '@nn/tensor';
import type { Precision } from './precision.ts';
import { attribution, type PublishedDataset, unpack } from './published-dataset.ts';
import { wineTable } from './tables/wine.ts';

export type { Precision, PublishedDataset };

/**
 * Wine: 178 wines from three cultivars of one region, distinguished by 13 chemical measurements.
 *
 * 59, 71 and 48 wines, sorted by cultivar: shuffle them, or divide them with `trainTestSplit`. The columns have very different
 * sizes, from tenths to over a thousand: scale them, with `standardScaler` for instance.
 *
 * @param options.dtype  of x: float32, or float64 for the very numbers that were published
 * @returns x [178, 13], y [178] of 0, 1, 2, and where the data comes from
 * @throws DTypeError when dtype is another
 * @example String(wine().x.slice([0, 2], [0, 3]))   // [[14.23  1.71  2.43]\n [13.2   1.78  2.14]]
 */
export function wine(options: { readonly dtype?: Precision } = {}): PublishedDataset<[178, 13], [178]> {
  const { dtype = 'float32' } = checkOptions('wine', options, ['dtype']);
  return {
    ...unpack(wineTable, [[178, 13], [178]], dtype, 'wine'),
    featureNames: wineTable.featureNames,
    classNames: wineTable.classNames,
    description: 'A chemical analysis of 178 Italian wines from three cultivars.',
    source: 'UCI Machine Learning Repository, Wine, https://doi.org/10.24432/C5PC7J',
    licence: attribution,
    citation:
      'M. Forina et al., PARVUS, Institute of Pharmaceutical and Food Analysis and Technologies, Genoa; ' +
      'S. Aeberhard, D. Coomans, O. de Vel (1992).',
  };
}
