import { relu } from '@nn/activations';
import { gradients, tensor, watch } from '@nn/tensor';
import { drawChain } from './draw-chain.ts';
import { figure } from './figure.ts';

/** F21: the forward and the backward pass of one sample through a ReLU neuron and its loss, step by step. */
export const backpropagation = figure({
  title: 'Forward and backward pass of one sample',
  start: { w: 0.5, x: 2, b: 1, y: 1, back: 4 },
  controls: [
    { kind: 'slider', key: 'back', label: 'Backward steps', min: 0, max: 4, step: 1 },
    { kind: 'slider', key: 'w', label: 'Weight w', min: -3, max: 3, step: 0.1 },
    { kind: 'slider', key: 'x', label: 'Input x', min: -3, max: 3, step: 0.1 },
    { kind: 'slider', key: 'b', label: 'Bias b', min: -3, max: 3, step: 0.1 },
    { kind: 'slider', key: 'y', label: 'Target y', min: -3, max: 3, step: 0.1 },
  ],
  scene({ w, x, b, y, back }) {
    const weight = watch(tensor(w, { dtype: 'float64' }));
    const product = watch(weight.mul(x));
    const z = watch(product.add(b));
    const a = watch(relu(z));
    const loss = a.sub(y).pow(2);
    return drawChain(
      [
        { name: 'w', formula: 'the weight', value: w },
        { name: 'p', formula: 'w · x', value: product.item(), derivative: gradients(product, weight).item() },
        { name: 'z', formula: 'p + b', value: z.item(), derivative: gradients(z, product).item() },
        { name: 'a', formula: 'ReLU(z)', value: a.item(), derivative: gradients(a, z).item() },
        { name: 'L', formula: '(a − y)²', value: loss.item(), derivative: gradients(loss, a).item() },
      ],
      back,
    );
  },
});
