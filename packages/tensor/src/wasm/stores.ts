import type { Reading, Store } from '../loops/kernel.ts';
import type { Lens, Place } from '../loops/lens.ts';
import type { Context } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { toWords, writeLanes } from './lanes.ts';
import { loadLanes, type Stretch, storeLanes } from './memory-lanes.ts';
import { v128 } from './value-type.ts';

/**
 * Computes the values of a map on lanes, and stores them, one after the other.
 *
 * @param inline  are formulas written out, instead of calling a function for them?
 * @param seenBy  where the lanes that a lens sees lie
 * @param atHand  the places whose lanes need not be read; those of what is stored are added
 */
export function writeStores(
  f: FunctionBody,
  context: Context,
  stores: readonly Store[],
  inline: boolean,
  seenBy: (lens: Lens) => Stretch,
  atHand: Map<Place, Local> = new Map(),
): void {
  const load = ({ lens }: Reading): void => {
    const known = atHand.get(lens.place);
    if (known) f.get(known);
    else loadLanes(f, seenBy(lens));
  };
  for (const { value, to } of stores) {
    writeLanes({ f, context, load, inline }, value);
    toWords(f, to.place.dtype);
    const lanes = f.local(v128);
    f.set(lanes);
    storeLanes(f, seenBy(to), lanes);
    atHand.set(to.place, lanes);
  }
}
