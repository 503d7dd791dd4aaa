import { layer } from '@nn/layers';
import { tensor, variable, where } from '@nn/tensor';

const slope = variable(tensor(0.25));
const learnedLeakyRelu = layer({
  title: 'learnedLeakyRelu',
  parameters: { slope },
  call: (x) => where(x.greater(0), x, x.mul(slope)),
});

console.log(String(learnedLeakyRelu(tensor([-4, 2]))));
console.log(Object.keys(learnedLeakyRelu.parameters).join());
