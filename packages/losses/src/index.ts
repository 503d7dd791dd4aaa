export { binaryCrossentropy } from './binary-crossentropy.ts';
export { categoricalCrossentropy } from './categorical-crossentropy.ts';
export { categoricalHinge } from './categorical-hinge.ts';
export { contrastive, type ContrastiveOptions } from './contrastive.ts';
export { cosineEmbedding, type CosineEmbeddingOptions } from './cosine-embedding.ts';
export { ctc, type CtcOptions } from './ctc.ts';
export { dice, type DiceOptions } from './dice.ts';
export {
  gaussianNegativeLogLikelihood,
  type GaussianNegativeLogLikelihoodOptions,
} from './gaussian-negative-log-likelihood.ts';
export { hingeEmbedding, type HingeEmbeddingOptions } from './hinge-embedding.ts';
export { hinge } from './hinge.ts';
export { huber, type HuberOptions } from './huber.ts';
export { klDivergence, type KlDivergenceOptions } from './kl-divergence.ts';
export { logCosh } from './log-cosh.ts';
export { marginRanking, type MarginRankingOptions } from './margin-ranking.ts';
export { meanAbsoluteError } from './mean-absolute-error.ts';
export {
  meanAbsolutePercentageError,
  type MeanAbsolutePercentageErrorOptions,
} from './mean-absolute-percentage-error.ts';
export { meanSquaredError } from './mean-squared-error.ts';
export { meanSquaredLogarithmicError } from './mean-squared-logarithmic-error.ts';
export { multiLabelMargin } from './multi-label-margin.ts';
export { multiLabelSoftMargin, type MultiLabelSoftMarginOptions } from './multi-label-soft-margin.ts';
export { multiMargin, type MultiMarginOptions } from './multi-margin.ts';
export { negativeLogLikelihood, type NegativeLogLikelihoodOptions } from './negative-log-likelihood.ts';
export {
  poissonNegativeLogLikelihood,
  type PoissonNegativeLogLikelihoodOptions,
} from './poisson-negative-log-likelihood.ts';
export { quantile, type QuantileOptions } from './quantile.ts';
export type { LossOptions, Reduction } from './reduction.ts';
export { regularization, type RegularizationOptions } from './regularization.ts';
export { sigmoidCrossentropy, type SigmoidCrossentropyOptions } from './sigmoid-crossentropy.ts';
export { sigmoidFocalCrossentropy, type SigmoidFocalCrossentropyOptions } from './sigmoid-focal-crossentropy.ts';
export { smoothL1, type SmoothL1Options } from './smooth-l1.ts';
export { softMargin } from './soft-margin.ts';
export { softmaxCrossentropy, type SoftmaxCrossentropyOptions } from './softmax-crossentropy.ts';
export { softmaxFocalCrossentropy, type SoftmaxFocalCrossentropyOptions } from './softmax-focal-crossentropy.ts';
export { squaredHinge } from './squared-hinge.ts';
export { tripletMargin, type TripletMarginOptions } from './triplet-margin.ts';
export { tversky, type TverskyOptions } from './tversky.ts';
