import { checkNumber } from '@nn/tensor';

/**
 * Refuses an option that is no number from 0 on.
 *
 * @param below  what it must stay below: 1 for the share of the old in a running average
 * @throws TypeError when it is no number
 * @throws RangeError when it is NaN, infinite or outside
 */
export function checkOption(asked: string, name: string, value: number, below: number = Infinity): void {
  const end = below < Infinity ? `up to, but without, ${below}` : 'on';
  const fits = value >= 0 && value < below;
  checkNumber(asked, name, value, fits, `a finite number from 0 ${end}`, 'Leave it out to get the usual value.');
}
