import type { Tensor } from '@nn/tensor';
import { tensor } from '@nn/tensor';
import { breastCancer } from '../src/breast-cancer.ts';
import { digits } from '../src/digits.ts';
import { iris } from '../src/iris.ts';
import { wine } from '../src/wine.ts';
import type { ToyCase } from './toy-golden.ts';

const real: Readonly<Record<string, () => { readonly y: Tensor }>> = {
  iris,
  wine,
  breast_cancer: breastCancer,
  digits,
};

/** The classes that a case splits by: its own, or those of real data. */
export function labelsOf({ config, inputs }: ToyCase): Tensor {
  const dataset = config['dataset'];
  return typeof dataset === 'string' ? real[dataset]!().y : tensor(inputs['y']!.data!, { dtype: 'int32' });
}
