import { concat, type Tensor } from '@nn/tensor';
import { type Quantities, weightsOf } from './regression.ts';

/** All rows of two batches: how rows are merged where no sums suffice. Rows without weights count once. */
export function addRows(first: Quantities, second: Quantities): Quantities {
  const weighted = first.weights !== undefined || second.weights !== undefined;
  const both = (of: (rows: Quantities) => Tensor): Tensor => concat([of(first), of(second)], 0);
  return {
    prediction: both(({ prediction }) => prediction),
    target: both(({ target }) => target),
    weights: weighted ? both(weightsOf) : undefined,
  };
}
