export { goldenCases, type GoldenCase } from './cases.ts';
export { fault, faultOf, type Tolerance } from './fault.ts';
export { type GoldenTensor, read } from './golden-tensor.ts';
export { unitsApart } from './units-apart.ts';
export { ways, waysAndPrecisions, type Way } from './ways.ts';
