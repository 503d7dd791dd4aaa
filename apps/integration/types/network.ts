// Lines after "// ✗" must fail to compile with that message; all others must compile. Checked by apps/checks.
import { relu, softmax } from '@nn/activations';
import { dense, sequential } from '@nn/layers';
import { randomState, zeros } from '@nn/tensor';
import { expectTypeOf } from 'vitest';

const random = randomState(0);
const model = sequential(dense(2, 64, { random }), relu, dense(64, 3, { random }), softmax);
expectTypeOf(model(zeros([300, 2])).shape).toEqualTypeOf<[300, 3]>();

// ✗ Layer 2 expects rows of 65 numbers, got [..., 64] from layer 0. (The first layer is layer 0.)
sequential(dense(2, 64, { random }), relu, dense(65, 3, { random }));
