import { fuse } from '../loops/fuse.ts';
import { writeGather } from './gather.ts';
import { writeMapInDoubles } from './map-in-doubles.ts';
import { writeMap } from './map.ts';
import { exp } from './math/exp.ts';
import { log, log1p } from './math/log.ts';
import { square } from './math/powers.ts';
import { tanh } from './math/tanh.ts';
import { writeMatMul } from './matmul/product.ts';
import type { Parts } from './parts.ts';
import { writeReduce } from './reduce.ts';
import { writeScatter } from './scatter.ts';

/** What networks of dense layers need: all of the light door, and the first of what the full one has. */
export const lightParts: Parts = {
  fuse,
  writers: {
    map: writeMap,
    // Optimizers count and weigh their steps in float64.
    'map in doubles': writeMapInDoubles,
    reduce: writeReduce,
    matmul: writeMatMul,
    gather: writeGather,
    scatter: writeScatter,
  },
  formulas: { exp, log, log1p, 'pow 2': square, tanh },
};
