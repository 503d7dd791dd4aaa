import { relu, softmax } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, randomNormal } from '@nn/layers';
import { randomState } from '@nn/tensor';

const random = randomState(0);
random.randn(2775); // discard what earlier cells of the notebook drew

const { x, y } = spiral({ samples: 100, classes: 3, random });

const weight = randomNormal(0.01);
const dense1 = dense(2, 3, { random, weight });
const dense2 = dense(3, 3, { random, weight });
const output = softmax(dense2(relu(dense1(x))));

console.log(String(output.slice([0, 5])));
