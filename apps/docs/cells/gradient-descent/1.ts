import { gradients, tensor, variable } from '@nn/tensor';

const w = variable(tensor(-3));

for (let step = 1; step <= 5; step++) {
  const loss = w.sub(1).pow(2).mul(0.35); // the curve “One minimum” of the figure
  w.assign(w.sub(gradients(loss, w).mul(0.5))); // learning rate 0.5
  console.log(`step ${step}: w = ${w}`);
}
