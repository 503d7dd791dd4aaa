import type { Contestant, Job } from '../../src/contestant.ts';

const right: Job = { result: () => [7], run: () => {} };

/** Contestants with one fault each. */
const variants: Readonly<Record<string, () => Contestant>> = {
  good: () => ({ softmax: () => right }),
  talkative: () => ({
    softmax: () => {
      console.log('{"answer":"wrong"}');
      process.stdout.write('no message at all\n');
      return right;
    },
  }),
  hanging: () => ({ softmax: () => new Promise(() => {}) }),
  busy: () => ({
    softmax: () => {
      for (;;);
    },
  }),
  failing: () => ({
    softmax: () => {
      throw new Error('softmax is not for me');
    },
  }),
  ending: () => ({
    softmax: () => {
      console.error('something broke');
      process.exit(3);
    },
  }),
  uninstalled: () => {
    throw new Error("Cannot find package 'peer'\nRequire stack: …");
  },
};

export function contestant(variant: string): Contestant {
  return variants[variant]!();
}
