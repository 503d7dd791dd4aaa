export { adaptiveAveragePool1d } from './adaptive-average-pool-1d.ts';
export { adaptiveAveragePool2d } from './adaptive-average-pool-2d.ts';
export { adaptiveMaxPool1d } from './adaptive-max-pool-1d.ts';
export { adaptiveMaxPool2d } from './adaptive-max-pool-2d.ts';
export { alphaDropout } from './alpha-dropout.ts';
export type { AttentionCache } from './attention-cache.ts';
export { averagePool1d } from './average-pool-1d.ts';
export { averagePool2d } from './average-pool-2d.ts';
export { averagePool3d } from './average-pool-3d.ts';
export type { AveragePoolingOptions } from './average-pooling.ts';
export { batchNorm, type BatchNormOptions } from './batch-norm.ts';
export { type Bilinear, bilinear, type BilinearCall, type BilinearOptions } from './bilinear.ts';
export { circularPad } from './circular-pad.ts';
export { constant } from './constant.ts';
export { constrain, type Constraint } from './constrain.ts';
export { convTranspose1d } from './conv-transpose-1d.ts';
export { convTranspose2d } from './conv-transpose-2d.ts';
export { conv1d } from './conv1d.ts';
export { conv2d } from './conv2d.ts';
export { conv3d } from './conv3d.ts';
export type { Convolution, ConvolutionOptions } from './convolution.ts';
export { dense, type Dense, type DenseOptions } from './dense.ts';
export type { DepthwiseOptions } from './depthwise.ts';
export { depthwiseConv1d } from './depthwise-conv-1d.ts';
export { depthwiseConv2d } from './depthwise-conv-2d.ts';
export { dropout } from './dropout.ts';
export type { StepRandomOptions } from './dropping.ts';
export type { PadWidths } from './edge-padding.ts';
export { embedding, type Embedding, type EmbeddingOptions } from './embedding.ts';
export { embeddingBag, type EmbeddingBagOptions } from './embedding-bag.ts';
export { flatten, type Flatten } from './flatten.ts';
export { fold } from './fold.ts';
export { freeze } from './freeze.ts';
export { gaussianNoise } from './gaussian-noise.ts';
export { globalAveragePool } from './global-average-pool.ts';
export { globalMaxPool } from './global-max-pool.ts';
export { glorotNormal } from './glorot-normal.ts';
export { glorotUniform } from './glorot-uniform.ts';
export { groupNorm } from './group-norm.ts';
export { gru } from './gru.ts';
export { heNormal } from './he-normal.ts';
export { heUniform } from './he-uniform.ts';
export type { Initializer } from './initializer.ts';
export { instanceNorm } from './instance-norm.ts';
export {
  interpolate,
  type InterpolateOptions,
  type InterpolationMode,
  type InterpolationOptions,
} from './interpolate.ts';
export { type Layer, layer, type LayerFacts, type LayerFunction, type LayerParts, type Model } from './layer.ts';
export { layerNorm } from './layer-norm.ts';
export { learnedPositions, type LearnedPositionsOptions } from './learned-positions.ts';
export { lecunNormal } from './lecun-normal.ts';
export { lecunUniform } from './lecun-uniform.ts';
export { localResponseNorm, type LocalResponseNormOptions } from './local-response-norm.ts';
export { lpPool1d } from './lp-pool-1d.ts';
export { lpPool2d } from './lp-pool-2d.ts';
export type { LpPoolingOptions } from './lp-pooling.ts';
export { lstm } from './lstm.ts';
export { maxNorm } from './max-norm.ts';
export { maxPool1d } from './max-pool-1d.ts';
export { maxPool2d } from './max-pool-2d.ts';
export { maxPool3d } from './max-pool-3d.ts';
export type { MaxPooling } from './max-pooling.ts';
export {
  type AttentionCall,
  type MultiHeadAttention,
  multiHeadAttention,
  type MultiHeadAttentionOptions,
} from './multi-head-attention.ts';
export { nonNegative } from './non-negative.ts';
export type { NormOptions } from './normalization.ts';
export { normalize, type NormalizeOptions } from './normalize.ts';
export { orthogonal } from './orthogonal.ts';
export { parallel, type ParallelOptions } from './parallel.ts';
export { pixelShuffle } from './pixel-shuffle.ts';
export { pixelUnshuffle } from './pixel-unshuffle.ts';
export type { MaxPoolingOptions, PoolingOptions } from './pooling.ts';
export type { PositionOffset } from './position-angles.ts';
export { type Prelu, prelu, type PreluOptions } from './prelu.ts';
export { randomNormal } from './random-normal.ts';
export type { Recurrent, RecurrentCall, RecurrentOptions, RecurrentRun, RecurrentState } from './recurrent.ts';
export { reflectPad } from './reflect-pad.ts';
export type { Reparametrized } from './reparametrize.ts';
export { replicatePad } from './replicate-pad.ts';
export { reshape } from './reshape.ts';
export { residual, type ResidualOptions } from './residual.ts';
export { rmsNorm } from './rms-norm.ts';
export { rnn, type RnnOptions } from './rnn.ts';
export { type RotaryPositions, rotaryPositions, type RotaryPositionsOptions } from './rotary-positions.ts';
export { rrelu, type RreluOptions } from './rrelu.ts';
export { type AttentionOptions, scaledDotProductAttention } from './scaled-dot-product-attention.ts';
export type { SeparableOptions } from './separable.ts';
export { separableConv1d } from './separable-conv-1d.ts';
export { separableConv2d } from './separable-conv-2d.ts';
export { sequential, type Sequential } from './sequential.ts';
export type {
  AnyShape,
  ChannelsKept,
  PerAxis,
  Pooled,
  PooledWindows,
  Rows,
  SameShape,
  ShapeRule,
  Sliding,
  Stated,
  Windows,
} from './shape-rule.ts';
export { type Positions, sinusoidalPositions, type SinusoidalPositionsOptions } from './sinusoidal-positions.ts';
export { spatialDropout } from './spatial-dropout.ts';
export { spectralNorm, type SpectralNormOptions } from './spectral-norm.ts';
export { summary, type SummaryOptions } from './summary.ts';
export { tiedDense, type TiedDenseOptions } from './tied-dense.ts';
export { timeDistributed } from './time-distributed.ts';
export {
  type DecoderCall,
  type TransformerDecoderLayer,
  transformerDecoderLayer,
} from './transformer-decoder-layer.ts';
export {
  type TransformerCall,
  type TransformerEncoderLayer,
  transformerEncoderLayer,
  type TransformerLayerOptions,
} from './transformer-encoder-layer.ts';
export type { TransposedConvolutionOptions } from './transposed-convolution.ts';
export { truncatedNormal } from './truncated-normal.ts';
export { unfold, type UnfoldOptions } from './unfold.ts';
export { unitNorm } from './unit-norm.ts';
export { upsample } from './upsample.ts';
export { weightNorm, type WeightNormOptions } from './weight-norm.ts';
export { zeroPad } from './zero-pad.ts';
