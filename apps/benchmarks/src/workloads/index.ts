import type { Workload } from '../workload.ts';
import { chain, matmul, softmax } from './arithmetic.ts';
import {
  convolution,
  depthwise,
  digitsTraining,
  inference,
  pictureTraining,
  spiralTraining,
  xorTraining,
} from './networks.ts';

/** Everything that contestants are timed at. */
export const workloads: readonly Workload[] = [
  ...[64, 256, 512, 1024].map(matmul),
  chain,
  softmax,
  spiralTraining('sgd'),
  spiralTraining('adam'),
  xorTraining,
  pictureTraining([784, 128, 10], 10),
  pictureTraining([784, 512, 512, 10], 3),
  convolution,
  depthwise,
  digitsTraining,
  inference,
];
