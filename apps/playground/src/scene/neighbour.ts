/** A neuron by layer and index, both from 0. */
export interface NeuronPosition {
  readonly layer: number;
  readonly neuron: number;
}

/**
 * The neuron that an arrow key moves the focus to: up and down within the layer, left and right to the same height in the
 * adjacent layer.
 *
 * @param counts  the number of neurons of each layer
 * @returns       undefined for other keys and at the first and last layer
 */
export function neighbour(
  { layer, neuron }: NeuronPosition,
  key: string,
  counts: readonly number[],
): NeuronPosition | undefined {
  const count = counts[layer] ?? 0;
  const beside = (other: number): NeuronPosition | undefined => {
    const there = counts[other];
    if (there === undefined) return undefined;
    return { layer: other, neuron: Math.min(there - 1, Math.floor(((neuron + 0.5) / count) * there)) };
  };
  switch (key) {
    case 'ArrowUp':
      return { layer, neuron: Math.max(0, neuron - 1) };
    case 'ArrowDown':
      return { layer, neuron: Math.min(count - 1, neuron + 1) };
    case 'ArrowLeft':
      return beside(layer - 1);
    case 'ArrowRight':
      return beside(layer + 1);
    case 'Home':
      return { layer, neuron: 0 };
    case 'End':
      return { layer, neuron: count - 1 };
    default:
      return undefined;
  }
}
