import { tensor } from '@nn/tensor';

const a = tensor([1, 2, 3]);
const b = tensor([
  [4, 5, 6],
  [7, 8, 9],
  [10, 11, 12],
]);

console.log(String(a.dot(b)));
