import { sigmoid } from '@nn/activations';
import { gradients, tensor, watch } from '@nn/tensor';

const float64 = { dtype: 'float64' } as const;
const [x, target] = [2, 1];
const w = watch(tensor(0.5, float64));

const z = watch(w.mul(x));
const a = watch(sigmoid(z));
const loss = a.sub(target).pow(2);

const dLda = gradients(loss, a).item();
const dadz = gradients(a, z).item();
const dzdw = gradients(z, w).item();

console.log(
  `local derivatives: ${dLda.toFixed(6)}, ${dadz.toFixed(6)}, ${dzdw.toFixed(6)}`,
);
console.log(`their product:  ${(dLda * dadz * dzdw).toFixed(6)}`);
console.log(`gradients(…):   ${gradients(loss, w).item().toFixed(6)}`);
