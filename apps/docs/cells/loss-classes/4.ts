import { tensor } from '@nn/tensor';

const probabilities = tensor([[0.7, 0.1, 0.2]], { dtype: 'float64' });
const soft = tensor([[0.7, 0.2, 0.1]], { dtype: 'float64' });

console.log(String(probabilities.mul(soft).sum(1).log().neg())); // the notebook
console.log(String(probabilities.log().mul(soft).sum(1).neg())); // cross-entropy
