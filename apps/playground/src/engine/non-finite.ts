import type { Tensor } from '@nn/tensor';
import type { Network } from './network.ts';
import type { Session, SessionState } from './session.ts';

/** Are all the numbers of a network numbers that can be stored? */
export function allFinite({ parameters }: Network): boolean {
  return Object.values(parameters).every(isFinite);
}

/**
 * Which layer lost its numbers first, from 0 on: goes back to a sound moment and on from there step by step.
 *
 * It is the first layer that gave no finite number on the rows of the fatal step; when all did, the numbers were lost
 * on the way back, and it is the last layer that has lost its weights.
 */
export function firstNonFiniteLayer(session: Session, sound: SessionState, until: number): number {
  session.restore(sound);
  const { network } = session;
  while (session.steps < until) {
    const unsound = network.layerOutputs(session.nextBatch().x).findIndex((y) => !isFinite(y));
    if (unsound >= 0) return unsound;
    session.advance(1);
    if (!allFinite(network)) break;
  }
  return Math.max(
    0,
    network.layers.findLastIndex(({ parameters }) => !Object.values(parameters).every(isFinite)),
  );
}

function isFinite(values: Tensor): boolean {
  return values.data.every(Number.isFinite);
}
