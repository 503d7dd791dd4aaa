/** How many float64 numbers lie between two, the second included: 0 when they are equal, 1 when they are neighbours. */
export function unitsApart(a: number, b: number): number {
  if (a === b) return 0;
  const [first, second] = new BigInt64Array(new Float64Array([a, b]).buffer);
  // Negative numbers are counted downwards from 0.
  const place = (bits: bigint): bigint => (bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits);
  const apart = place(first!) - place(second!);
  return Number(apart < 0n ? -apart : apart);
}
