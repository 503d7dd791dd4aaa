import { tensor, type Tensor } from '@nn/tensor';

const a: Tensor = tensor([[1, 2, 3]]); // shape [1, 3]
const b: Tensor = tensor([[4, 5, 6]]); // shape [1, 3]

try {
  console.log(String(a.dot(b)));
} catch (error) {
  console.log((error as Error).message);
}
