/** An SVG path through points, interrupted at non-finite coordinates. */
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
