import { ShapeError, type Tensor } from '@nn/tensor';

function crossentropyOfSamples(prediction: Tensor, target: Tensor): Tensor {
  const clipped = prediction.clip(1e-7, 1 - 1e-7);
  if (target.rank === 1)
    return clipped.gather(target.expandDims(1), 1).squeeze(1).log().neg();
  if (target.rank === 2) return clipped.mul(target).sum(1).log().neg();
  throw new ShapeError(
    `Targets must be class indices [N] or rows [N, classes], got rank ${target.rank}.`,
  );
}
