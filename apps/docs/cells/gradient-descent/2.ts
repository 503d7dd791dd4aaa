import { compile, stepRandom } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';

const random = stepRandom(0);
const mask = compile(() => random.bernoulli(0.5, [8]), wasm);

console.log(String(mask()));
console.log(String(mask())); // another mask
console.log(String(random.state)); // the seed, and how often it has drawn
