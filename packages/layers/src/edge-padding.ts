import { type Shape, ShapeError, showShape, tensor, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/** How much is added to both ends of the axes behind the channels: one number for all, or [before, after] for each. */
export type PadWidths = number | readonly (readonly [before: number, after: number])[];

/**
 * The widths for x, one pair for each axis behind the channels.
 *
 * @throws ShapeError when there are others, or x has no such axis
 */
export function widthsFor(caller: string, widths: PadWidths, shape: Shape): readonly (readonly [number, number])[] {
  const axes = shape.slice(2);
  const pairs = typeof widths === 'number' ? axes.map(() => [widths, widths] as const) : widths;
  if (axes.length > 0 && pairs.length === axes.length) return pairs;
  throw new ShapeError(
    `${caller} expects x of shape [N, channels, …] with one pair of widths per axis behind the channels, ` +
      `got ${showShape(shape)}. Write [[1, 1], [0, 2]] for images.`,
  );
}

/** @throws RangeError, TypeError when a width is not an integer, or below `least` */
export function checkWidths(kind: string, widths: PadWidths, least: number): string {
  for (const width of [widths].flat(2)) {
    if (Number.isInteger(width) && width >= least) continue;
    const requirement = least === 0 ? 'non-negative integers' : 'integers';
    const Refusal = typeof width === 'number' ? RangeError : TypeError;
    throw new Refusal(`${kind}: widths must be ${requirement}, got ${String(width)}. Write ${kind}(1).`);
  }
  return `${kind}(${typeof widths === 'number' ? widths : `[${widths.map(showShape).join(', ')}]`})`;
}

/** A layer that adds numbers of x itself at the ends of its axes. */
export function edgePadding(
  kind: string,
  widths: PadWidths,
  /** The largest width for an axis of this length. */
  limit: (length: number) => number,
  /** The index that stands at a place outside of an axis. */
  indexAt: (place: number, length: number) => number,
): Layer<ChannelsKept> {
  const caller = checkWidths(kind, widths, 0);
  return layer({
    title: caller,
    call(x): Tensor {
      return widthsFor(caller, widths, x.shape).reduce<Tensor>((y, [before, after], at) => {
        const length = x.shape[at + 2]!;
        if (Math.max(before, after) > limit(length)) {
          throw new ShapeError(
            `${caller}: an axis of length ${length} takes widths up to ${limit(length)}, got [${before}, ${after}]. ` +
              `Make the widths smaller.`,
          );
        }
        if (before + after === 0) return y;
        const indices = Array.from({ length: before + length + after }, (_, place) => indexAt(place - before, length));
        return y.take(tensor(indices, { dtype: 'int32' }) as Tensor, at + 2) as Tensor;
      }, x);
    },
  }) as unknown as Layer<ChannelsKept>;
}
