import type { Elementwise, Reduce } from '../operation.ts';
import { clip } from './clip.ts';
import { cast, type LawName, laws, where } from './elementwise.ts';
import { erf } from './erf.ts';
import * as gathering from './gather.ts';
import * as joining from './join.ts';
import * as product from './matmul.ts';
import { prod } from './prod.ts';
import * as random from './random.ts';
import { type ReductionName, reductions } from './reduce.ts';
import * as searching from './search.ts';
import * as slicing from './slice.ts';
import * as view from './view.ts';

type Operations = { readonly [Name in LawName | 'where' | 'clip' | 'erf']: Elementwise } & {
  readonly cast: typeof cast;
} & { readonly [Name in ReductionName | 'prod']: Reduce } & typeof searching &
  typeof view &
  typeof slicing &
  typeof joining &
  typeof product &
  typeof gathering &
  typeof random;

/** Every operation there is, by name: for tests, doc pages and programs that come from elsewhere. */
export const operations: Operations = {
  ...laws,
  where,
  clip,
  cast,
  erf,
  ...reductions,
  prod,
  ...searching,
  ...view,
  ...slicing,
  ...joining,
  ...product,
  ...gathering,
  ...random,
};
