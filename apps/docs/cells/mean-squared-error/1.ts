import { meanSquaredError } from '@nn/losses';
import { tensor } from '@nn/tensor';

const target = tensor([10, 20]);

console.log(String(meanSquaredError(tensor([11, 21]), target)));
console.log(String(meanSquaredError(tensor([12, 20]), target)));
console.log(
  String(meanSquaredError(tensor([12, 20]), target, { reduction: 'none' })),
);
