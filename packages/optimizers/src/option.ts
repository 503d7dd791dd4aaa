/**
 * Refuses an option that is no number from 0 on.
 *
 * @param below  what it must stay below: 1 for the share of the old in a running average
 * @throws TypeError when it is no number
 * @throws RangeError when it is NaN, infinite or outside
 */
export function checkOption(asked: string, name: string, value: number, below: number = Infinity): void {
  if (typeof value === 'number' && value >= 0 && value < below) return;
  throw new (typeof value === 'number' ? RangeError : TypeError)(
    `${asked}: ${name} must be a finite number from 0 ${below < Infinity ? `up to, but without, ${below}` : 'on'}, ` +
      `got ${typeof value === 'string' ? `'${String(value)}'` : String(value)}. Leave it out to get the usual value.`,
  );
}
