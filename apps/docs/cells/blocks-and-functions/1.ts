import { relu, softmax } from '@nn/activations';
import { dense, sequential } from '@nn/layers';
import { randomState, tensor } from '@nn/tensor';

const random = randomState(0);
const w1 = dense(2, 3, { random });
const w2 = dense(3, 3, { random });
const x = tensor([[0.5, -0.2]]);

const nested = softmax(w2(relu(w1(x)))); // nested calls
const model = sequential(w1, relu, w2, softmax); // the same layers as a list

console.log(String(nested));
console.log(String(model(x)));
