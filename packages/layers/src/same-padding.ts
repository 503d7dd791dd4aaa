/**
 * How much padding makes ⌈length / stride⌉ windows fit, as TensorFlow's SAME. An odd extra element stands behind.
 *
 * @param span  from the first to the last element of a window, both included
 */
export function samePadding(length: number, span: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + span - length, 0);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
