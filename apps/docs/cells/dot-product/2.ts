import { tensor, type Tensor } from '@nn/tensor';

const a: Tensor = tensor([[1, 2, 3]]); // one row, three columns
const b: Tensor = tensor([[4, 5, 6]]); // one row, three columns

try {
  console.log(String(a.dot(b)));
} catch (error) {
  console.log((error as Error).message);
}
