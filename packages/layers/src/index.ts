export { constant } from './constant.ts';
export { dense, type Dense, type DenseOptions } from './dense.ts';
export { glorotUniform } from './glorot-uniform.ts';
export { heNormal } from './he-normal.ts';
export type { Initializer } from './initializer.ts';
export type { Layer, LayerFacts, LayerFunction, Model } from './layer.ts';
export { scaledNormal } from './scaled-normal.ts';
export { sequential, type Sequential } from './sequential.ts';
export { summary, type SummaryOptions } from './summary.ts';
