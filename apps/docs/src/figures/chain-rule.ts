import { sigmoid } from '@nn/activations';
import { gradients, tensor, watch } from '@nn/tensor';
import { drawChain } from './draw-chain.ts';
import { figure } from './figure.ts';

/** F23: a weight, a sigmoid and a squared error: three local derivatives and their product. */
export const chainRule = figure({
  title: 'The chain rule: a product of local derivatives',
  start: { w: 0.5, x: 2, y: 1 },
  controls: [
    { kind: 'slider', key: 'w', label: 'Weight w', min: -3, max: 3, step: 0.1 },
    { kind: 'slider', key: 'x', label: 'Input x', min: -3, max: 3, step: 0.1 },
    { kind: 'slider', key: 'y', label: 'Target y', min: 0, max: 1, step: 0.1 },
  ],
  scene({ w, x, y }) {
    const weight = watch(tensor(w, { dtype: 'float64' }));
    const z = watch(weight.mul(x));
    const a = watch(sigmoid(z));
    const loss = a.sub(y).pow(2);
    return drawChain(
      [
        { name: 'w', formula: 'the weight', value: w },
        { name: 'z', formula: 'w · x', value: z.item(), derivative: gradients(z, weight).item() },
        { name: 'a', formula: 'σ(z)', value: a.item(), derivative: gradients(a, z).item() },
        { name: 'L', formula: '(a − y)²', value: loss.item(), derivative: gradients(loss, a).item() },
      ],
      3,
    );
  },
});
