import { gradients, tensor, variable } from '@nn/tensor';

const w = variable(tensor(-3));

for (let step = 1; step <= 5; step++) {
  const loss = w.sub(1).pow(2).mul(0.35); // the first curve of the figure
  w.assign(w.sub(gradients(loss, w).mul(0.5))); // against the slope, half of it
  console.log(`step ${step}: w = ${w}`);
}
