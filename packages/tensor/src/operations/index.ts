import * as elementwise from './elementwise.ts';
import * as gathering from './gather.ts';
import * as joining from './join.ts';
import * as product from './matmul.ts';
import * as random from './random.ts';
import * as reduction from './reduce.ts';
import * as view from './view.ts';

type Operations = typeof elementwise &
  typeof reduction &
  typeof view &
  typeof joining &
  typeof product &
  typeof gathering &
  typeof random;

/** Every operation there is, by name: for tests, doc pages and programs that come from elsewhere. */
export const operations: Operations = {
  ...elementwise,
  ...reduction,
  ...view,
  ...joining,
  ...product,
  ...gathering,
  ...random,
};
