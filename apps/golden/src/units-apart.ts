/** How many units in the last place two float64 numbers are apart: 0 when they are equal, 1 when they are neighbours. */
export function unitsApart(a: number, b: number): number {
  if (a === b) return 0;
  const [first, second] = new BigInt64Array(new Float64Array([a, b]).buffer);
  // The bits of negative numbers grow away from 0: make them count downwards.
  const position = (bits: bigint): bigint => (bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits);
  const apart = position(first!) - position(second!);
  return Number(apart < 0n ? -apart : apart);
}
