export { binaryCrossentropy, type BinaryCrossentropyOptions } from './binary-crossentropy.ts';
export { categoricalCrossentropy } from './categorical-crossentropy.ts';
export { meanAbsoluteError } from './mean-absolute-error.ts';
export { meanSquaredError } from './mean-squared-error.ts';
export type { LossOptions, Reduction } from './reduction.ts';
export { regularization, type RegularizationOptions } from './regularization.ts';
export { sigmoidCrossentropy, type SigmoidCrossentropyOptions } from './sigmoid-crossentropy.ts';
export { softmaxCrossentropy, type SoftmaxCrossentropyOptions } from './softmax-crossentropy.ts';
