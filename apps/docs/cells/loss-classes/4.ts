import { tensor } from '@nn/tensor';

const shares = tensor([[0.7, 0.1, 0.2]], { dtype: 'float64' });
const soft = tensor([[0.7, 0.2, 0.1]], { dtype: 'float64' });

console.log(String(shares.mul(soft).sum(1).log().neg())); // the notebook
console.log(String(shares.log().mul(soft).sum(1).neg())); // cross-entropy
