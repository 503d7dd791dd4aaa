import { arange, randomState, tensor } from '@nn/tensor';

const a = arange(6).reshape([2, 3]);

console.log(String(a));
console.log(String(a.sum(1, { keepdims: true })));
console.log(String(a.mul(tensor([10, 100, 1000])))); // broadcast over rows
console.log(String(randomState(0).randn(2, 2)));
