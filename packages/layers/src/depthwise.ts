import { checkNumber, checkOptions } from '@nn/tensor';
import type { ConvolutionOptions } from './convolution.ts';

/** The options of `depthwiseConv1d` and `depthwiseConv2d`: those of a convolution without `groups`, and `multiplier`. */
export interface DepthwiseOptions extends Omit<ConvolutionOptions, 'groups'> {
  /** How many filters each channel has; 1 unless given. */
  readonly multiplier?: number;
}

/** How many channels a depthwise convolution gives, and the options that are left for the convolution. */
export function channelsOf(
  kind: string,
  channels: number,
  options: DepthwiseOptions,
): { readonly outputs: number; readonly rest: ConvolutionOptions } {
  const known = ['random', 'multiplier', 'stride', 'padding', 'dilation', 'weight', 'bias', 'name', 'dtype'];
  const { multiplier = 1, ...rest } = checkOptions(kind, options ?? {}, known);
  checkNumber(kind, 'multiplier', multiplier, Number.isInteger(multiplier) && multiplier > 0, 'a positive integer');
  return { outputs: channels * multiplier, rest };
}
