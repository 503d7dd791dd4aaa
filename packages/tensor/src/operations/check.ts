import { checkIs } from '../dtype.ts';
import type { CheckOperation } from '../operation.ts';
import * as reference from '../reference/check.ts';

/**
 * Throws where a condition is false.
 *
 * @formula nothing, where every a is true
 */
export const check: CheckOperation = {
  kind: 'check',
  name: 'check',
  shape: () => [0],
  dtype([condition], { caller }) {
    checkIs(condition!, 'bool', `${caller}: the condition`);
    return 'bool';
  },
  forward: reference.check,
};
