import type { Tensor } from '@nn/tensor';
import type { Network } from './network.ts';
import type { Session, SessionState } from './session.ts';

/** Whether all parameters of a network are finite. */
export function allFinite({ parameters }: Network): boolean {
  return Object.values(parameters).every(isFinite);
}

/**
 * The index of the layer that became non-finite first. Restores a finite state and repeats training step by step.
 *
 * It is the first layer with a non-finite output in the forward pass. If all outputs are finite, the gradient overflowed in the
 * backward pass, and it is the last layer with non-finite parameters.
 */
export function firstNonFiniteLayer(session: Session, finite: SessionState, until: number): number {
  session.restore(finite);
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
