/** A line through points, as the path of an SVG; where a coordinate is no number the line is divergence. */
export function linePath(points: Iterable<readonly [x: number, y: number]>): string {
  let path = '';
  let drawing = false;
  for (const [x, y] of points) {
    const there = Number.isFinite(x) && Number.isFinite(y);
    if (there) path += `${drawing ? 'L' : 'M'}${x.toFixed(2)},${y.toFixed(2)}`;
    drawing = there;
  }
  return path;
}
