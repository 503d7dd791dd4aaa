import { wasm } from '@nn/tensor/wasm';
import { interleave } from './interleave.ts';
import { handWritten } from './spiral/hand-written.ts';
import { packages } from './spiral/packages.ts';
import { spiralStart } from './spiral/start.ts';

/** Two runs that do the same work must find the same losses; float32 rounding alone may tell them apart. */
const closeEnough = 1e-4;

/** So many steps are compared: after more, Adam has made large differences of small ones. */
const compared = 10;

const contestants = [
  { name: 'hand-written loops', step: handWritten(spiralStart()) },
  { name: 'eager', step: packages(spiralStart()) },
  { name: 'compiled', step: packages(spiralStart(), wasm) },
  { name: 'compiled, deterministic', step: packages(spiralStart(), wasm({ deterministic: true })) },
];

// Results first: a fast wrong answer is none.
for (let step = 0; step < compared; step++) {
  const [own, ...others] = contestants.map((contestant) => contestant.step());
  for (const loss of others) {
    if (!(Math.abs(loss! - own!) <= closeEnough))
      throw new Error(`Step ${step}: the losses ${own} and ${loss} differ.`);
  }
}

console.log('spiral 2-64-3, 300 rows, Adam: one training step (median of 15 interleaved rounds)\n');
console.log('contestant                 ms/step   steps/s   time against the first');
for (const { name, milliseconds, ratio } of interleave(contestants)) {
  const steps = Math.round(1000 / milliseconds).toString();
  console.log(`${name.padEnd(25)} ${milliseconds.toFixed(3).padStart(8)} ${steps.padStart(9)}   ${ratio.toFixed(3)}×`);
}
