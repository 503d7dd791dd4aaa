/** A regular polygon around the origin, or a star if `inner` < 1. */
function corners(count: number, turn: number, inner = 1): string {
  const points = Array.from({ length: count }, (_, at) => {
    const angle = 2 * Math.PI * (at / count + turn);
    const radius = at % 2 === 0 ? 1 : inner;
    return `${(radius * Math.sin(angle)).toFixed(3)},${(-radius * Math.cos(angle)).toFixed(3)}`;
  });
  return `M${points.join('L')}Z`;
}

/** The marker shapes of the classes, as paths of radius 1 around the origin. */
export const markPaths: readonly string[] = [
  'M0,-.85A.85,.85,0,1,1,0,.85A.85,.85,0,1,1,0,-.85Z',
  corners(3, 0),
  corners(4, 1 / 8),
  corners(4, 0),
  corners(3, 1 / 2),
  'M-.3,-.95H.3V-.3H.95V.3H.3V.95H-.3V.3H-.95V-.3H-.3Z',
  corners(10, 0, 0.45),
  corners(6, 0, 0.4),
];
