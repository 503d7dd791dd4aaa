/**
 * A number with some digits after the point, as Python prints it: exact ties go to the even digit, where `toFixed` rounds
 * them up. 0.625 with two digits is 0.62, and 0.375 is 0.38.
 */
export function rounded(value: number, digits: number): string {
  const plain = value.toFixed(digits);
  // A tie has a 5 and nothing more behind the last digit shown; a double below 1 needs far fewer than 100 digits for one.
  const exact = value.toFixed(Math.min(digits + 50, 100));
  const rest = exact.slice(exact.indexOf('.') + 1 + digits);
  if (!/^50*$/.test(rest)) return plain;
  const down = exact.slice(0, exact.length - rest.length).replace(/\.$/, '');
  return Number(down.at(-1)) % 2 === 0 ? down : plain;
}
