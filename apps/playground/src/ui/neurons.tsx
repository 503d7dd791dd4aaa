import { useSignal } from '@preact/signals';
import type { NetworkScene } from '../scene/network-scene.ts';
import { neighbour, type NeuronPosition } from '../scene/neighbour.ts';
import { activationNames } from '../state/names.ts';
import * as store from '../state/store.ts';

/**
 * The neurons as buttons over the drawing, with a roving tabindex. Hovering or focusing a neuron inspects it, pressing pins it.
 * The list handles the events of all buttons.
 */
export function Neurons({ scene }: { readonly scene: NetworkScene }) {
  const { hovered, pinned, selected } = store;
  const current = useSignal<NeuronPosition>({ layer: 0, neuron: 0 });
  const layers = scene.layers.slice(1);
  const counts = layers.map(({ neurons }) => neurons.length);
  // Layers and neurons can be removed. The tab stop must be an existing neuron.
  const layer = Math.min(current.value.layer, counts.length - 1);
  const neuron = Math.min(current.value.neuron, counts[layer]! - 1);
  const inspect = (event: Event): void => {
    const place = neuronOf(event.target);
    hovered.value = place && { network: selected.value, ...place };
  };
  return (
    <ol
      class="neurons"
      aria-label="Neurons, layer by layer"
      onClick={({ target }) => {
        const place = neuronOf(target);
        if (place) pinned.value = is(pinned.value, place) ? undefined : { network: selected.value, ...place };
      }}
      onPointerOver={(event) => {
        if (event.pointerType === 'mouse') inspect(event);
      }}
      onPointerLeave={() => (hovered.value = undefined)}
      onFocusCapture={(event) => {
        inspect(event);
        current.value = neuronOf(event.target) ?? current.value;
      }}
      onBlurCapture={() => (hovered.value = undefined)}
      onKeyDown={(event) => {
        const place = neuronOf(event.target);
        const to = place && neighbour(place, event.key, counts);
        if (!to) return;
        event.preventDefault();
        document.getElementById(`neuron-${to.layer}-${to.neuron}`)?.focus();
      }}
    >
      {layers.map(({ neurons, tile }, at) => (
        <li key={at}>
          <ol aria-label={layerName(at)}>
            {neurons.map(({ x, y }, of) => (
              <li key={of}>
                <button
                  type="button"
                  class="neuron"
                  id={`neuron-${at}-${of}`}
                  style={{ left: `${x}px`, top: `${y}px`, width: `${tile}px`, height: `${tile}px` }}
                  tabIndex={at === layer && of === neuron ? 0 : -1}
                  aria-pressed={is(pinned.value, { layer: at, neuron: of })}
                  aria-label={`${layerName(at)}, neuron ${of + 1} of ${neurons.length}`}
                />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

const is = (one: NeuronPosition | undefined, other: NeuronPosition): boolean =>
  one?.layer === other.layer && one.neuron === other.neuron;

/** The neuron of the target of an event. */
function neuronOf(target: EventTarget | null): NeuronPosition | undefined {
  const [, layer, neuron] = /^neuron-(\d+)-(\d+)$/.exec((target as Element | null)?.id ?? '') ?? [];
  return layer === undefined ? undefined : { layer: Number(layer), neuron: Number(neuron) };
}

/** The name of a layer. Layers count from 0 after the inputs. */
export function layerName(at: number): string {
  const { layers } = store.network.value;
  return at < layers.length ? `Layer ${at + 1}, ${activationNames[layers[at]!.activation]}` : 'Output';
}
