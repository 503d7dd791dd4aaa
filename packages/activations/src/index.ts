export { identity } from './identity.ts';
export { leakyRelu, type LeakyReluOptions } from './leaky-relu.ts';
export { logSoftmax } from './log-softmax.ts';
export { relu } from './relu.ts';
export type { SoftmaxOptions } from './shift-logits.ts';
export { sigmoid } from './sigmoid.ts';
export { softmax } from './softmax.ts';
export { swish, type SwishOptions } from './swish.ts';
export { tanh } from './tanh.ts';
