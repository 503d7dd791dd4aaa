import { weightText } from '../state/sentences.ts';
import * as store from '../state/store.ts';
import { layerName } from './neurons.tsx';

/** The bias and the weights of the inspected neuron. */
export function NeuronCard() {
  const at = store.inspected.value;
  const values = store.neuronValues.value;
  if (!at || !values || values.network !== at.network || values.layer !== at.layer || values.neuron !== at.neuron) {
    return <p class="neuron-card hint">Point at a neuron to see its output and its weights; click to pin it.</p>;
  }
  const { weights: data } = values;
  const name = (from: number): string => (at.layer > 0 ? `${from + 1}` : data.length === 1 ? 'x' : `x${'₁₂'[from]}`);
  return (
    <div class="neuron-card">
      <strong>
        {layerName(at.layer)} · neuron {at.neuron + 1}
      </strong>
      <ul>
        <li>
          <span>bias</span> {weightText(values.bias)}
        </li>
        {Array.from(data, (weight, from) => (
          <li key={from}>
            <span>{name(from)}</span> {weightText(weight)}
          </li>
        ))}
      </ul>
    </div>
  );
}
