import { checkNumber, checkOptions } from '@nn/tensor';
import type { ConvolutionOptions } from './convolution.ts';
import type { PerAxis, Sliding } from './shape-rule.ts';

/** The options of `depthwiseConv1d` and `depthwiseConv2d`: those of a convolution without `groups`, and `multiplier`. */
export interface DepthwiseOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends Sliding['padding'] = Sliding['padding'],
  Dilation extends PerAxis = PerAxis,
> extends Omit<ConvolutionOptions<Stride, Padding, Dilation>, 'groups'> {
  /** How many filters each channel has; 1 unless given. */
  readonly multiplier?: number;
}

/** How many channels a depthwise convolution gives, and the options that are left for the convolution. */
export function channelsOf<Stride extends PerAxis, Padding extends Sliding['padding'], Dilation extends PerAxis>(
  kind: string,
  channels: number,
  options: DepthwiseOptions<Stride, Padding, Dilation>,
): { readonly outputs: number; readonly rest: ConvolutionOptions<Stride, Padding, Dilation> } {
  const known = ['random', 'multiplier', 'stride', 'padding', 'dilation', 'weight', 'bias', 'name', 'dtype'];
  const { multiplier = 1, ...rest } = checkOptions(kind, options ?? {}, known);
  checkNumber(kind, 'multiplier', multiplier, Number.isInteger(multiplier) && multiplier > 0, 'a positive integer');
  return { outputs: channels * multiplier, rest };
}
