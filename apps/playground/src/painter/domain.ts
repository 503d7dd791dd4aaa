import type { Points } from '../protocol.ts';

/** The range of a picture. With one input, `y` is the target. */
export interface Domain {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

const margin = 0.08;

/** The domain that contains all points with a margin. It is a square if both axes are inputs. */
export function domainOf({ x, y }: Points, inputs: 1 | 2): Domain {
  if (inputs === 1) return { x: widened(extent(x, 0, 1), margin / 2), y: widened(extent(y, 0, 1), 0.15) };
  const [first, second] = [extent(x, 0, 2), extent(x, 1, 2)];
  const side = Math.max(first[1] - first[0], second[1] - second[0]) * (1 + 2 * margin) || 1;
  return { x: around(first, side), y: around(second, side) };
}

/** An equally spaced grid over a domain, row by row from the top: shape [side², 2], or [side, 1] with one input. */
export function gridOver(domain: Domain, side: number, inputs: 1 | 2): Float32Array {
  const at = ([low, high]: readonly [number, number], index: number): number =>
    low + ((high - low) * (index + 0.5)) / side;
  if (inputs === 1) return Float32Array.from({ length: side }, (_, column) => at(domain.x, column));
  const grid = new Float32Array(side * side * 2);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      grid[(row * side + column) * 2] = at(domain.x, column);
      grid[(row * side + column) * 2 + 1] = at(domain.y, side - 1 - row);
    }
  }
  return grid;
}

function extent(values: Float32Array, from: number, step: number): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let at = from; at < values.length; at += step) {
    low = Math.min(low, values[at]!);
    high = Math.max(high, values[at]!);
  }
  return low <= high ? [low, high] : [0, 1];
}

function widened([low, high]: readonly [number, number], fraction: number): readonly [number, number] {
  const more = (high - low || 1) * fraction;
  return [low - more, high + more];
}

function around([low, high]: readonly [number, number], side: number): readonly [number, number] {
  const middle = (low + high) / 2;
  return [middle - side / 2, middle + side / 2];
}
