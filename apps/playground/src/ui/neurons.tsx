import { useSignal } from '@preact/signals';
import type { NetworkScene } from '../scene/network-scene.ts';
import { neighbour, type Place } from '../scene/neighbour.ts';
import { activationNames } from '../state/names.ts';
import * as store from '../state/store.ts';

/**
 * The neurons as buttons over the drawing. One of them is reached by Tab, the others by the arrows; looking at one shows
 * large what it gives, pressing it keeps that.
 */
export function Neurons({ scene }: { readonly scene: NetworkScene }) {
  const current = useSignal<Place>({ layer: 0, neuron: 0 });
  const layers = scene.layers.slice(1);
  const counts = layers.map(({ neurons }) => neurons.length);
  const { layer, neuron } = current.value;
  // Layers and neurons come and go: the one that Tab reaches must be there.
  const reached: Place = {
    layer: Math.min(layer, counts.length - 1),
    neuron: Math.min(neuron, counts[Math.min(layer, counts.length - 1)]! - 1),
  };
  return (
    <ol class="neurons" aria-label="Neurons, layer by layer">
      {layers.map((each, at) => (
        <li key={at}>
          <ol aria-label={layerName(at)}>
            {each.neurons.map(({ x, y }, of) => (
              <li key={of}>
                <Neuron
                  at={{ layer: at, neuron: of }}
                  place={{ left: `${x}px`, top: `${y}px`, width: `${each.tile}px`, height: `${each.tile}px` }}
                  reached={reached.layer === at && reached.neuron === of}
                  move={(to) => (current.value = to)}
                  counts={counts}
                />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

/** What a layer is called; layers count from 0 after the inputs. */
export function layerName(at: number): string {
  const { layers } = store.network.value;
  return at < layers.length ? `Layer ${at + 1}, ${activationNames[layers[at]!.activation]}` : 'Output';
}

function Neuron({
  at: { layer, neuron },
  place,
  reached,
  move,
  counts,
}: {
  readonly at: Place;
  readonly place: Readonly<Record<'left' | 'top' | 'width' | 'height', string>>;
  readonly reached: boolean;
  readonly move: (to: Place) => void;
  readonly counts: readonly number[];
}) {
  const { pointed, pinned, chosen } = store;
  const here = { network: chosen.value, layer, neuron };
  const is = (other: typeof pinned.value): boolean => other?.layer === layer && other.neuron === neuron;
  return (
    <button
      type="button"
      class="neuron"
      id={`neuron-${layer}-${neuron}`}
      style={place}
      tabIndex={reached ? 0 : -1}
      aria-pressed={is(pinned.value)}
      aria-label={`${layerName(layer)}, neuron ${neuron + 1} of ${counts[layer]}`}
      onClick={() => (pinned.value = is(pinned.value) ? undefined : here)}
      onPointerEnter={({ pointerType }) => {
        if (pointerType === 'mouse') pointed.value = here;
      }}
      onPointerLeave={() => (pointed.value = undefined)}
      onFocus={() => {
        move({ layer, neuron });
        pointed.value = here;
      }}
      onBlur={() => (pointed.value = undefined)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') pinned.value = undefined;
        const to = neighbour({ layer, neuron }, event.key, counts);
        if (!to) return;
        event.preventDefault();
        document.getElementById(`neuron-${to.layer}-${to.neuron}`)?.focus();
      }}
    />
  );
}
