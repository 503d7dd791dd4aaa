import { swish } from '@nn/activations';
import { linspace } from '@nn/tensor';

console.log(String(swish(linspace(-4, 4, { count: 9 }))));
