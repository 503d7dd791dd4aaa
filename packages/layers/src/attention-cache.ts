import {
  arange,
  checkValues,
  type NamedVariables,
  type Tensor,
  tensor,
  type Variable,
  variable,
  where,
  zeros,
} from '@nn/tensor';
import type { DType, Shape } from '@nn/tensor';

/**
 * The keys and values of the tokens that attention has seen, so that a text is generated token by token without computing
 * the earlier ones again. Made by `cache` of an attention layer.
 */
export interface AttentionCache {
  /** The keys, [N, heads, length, width / heads]; zeros where there is no token yet. */
  readonly keys: Variable;
  /** The values, of the same shape. */
  readonly values: Variable;
  /** How many tokens it holds, int32. Assign 0 to start a new text. */
  readonly count: Variable;
  /** The three by name. */
  readonly buffers: NamedVariables;
}

/** An empty cache for tokens of some shape, [N, heads, length, width of a head]. */
export function emptyCache(shape: Shape, dtype: DType): AttentionCache {
  const keys = variable(zeros(shape, { dtype }), { name: 'cache.keys' });
  const values = variable(zeros(shape, { dtype }), { name: 'cache.values' });
  const count = variable(tensor(0, { dtype: 'int32' }) as Tensor, { name: 'cache.count' });
  return { keys, values, count, buffers: { keys, values, count } };
}

/** What a query sees of a cache: all keys and values, and which of them are there. */
export interface CachedTokens {
  readonly keys: Tensor;
  readonly values: Tensor;
  /** True where a key may be attended to, [queries, length]: it is there, and not after the query. */
  readonly mask: Tensor;
}

/**
 * Adds tokens to a cache, and gives all that it holds then.
 *
 * @param keys    the new keys, [N, heads, tokens, width]
 * @param values  the new values
 * @throws RangeError when the cache is full; it then keeps what it held
 */
export function appended(caller: string, cache: AttentionCache, keys: Tensor, values: Tensor): CachedTokens {
  const [length, tokens] = [cache.keys.shape[2]!, keys.shape[2]!];
  const count: Tensor = cache.count.detach();
  checkValues(
    caller,
    count.add(tokens).lessEqual(length),
    [count],
    (_, [held]) =>
      new RangeError(
        `${caller}: the cache has room for ${length} tokens and holds ${held!.item()}, so ${tokens} more do not fit. ` +
          `Make it longer, or assign 0 to cache.count.`,
      ),
  );
  /** For each place of the cache: which of the new tokens it gets, if it is one of theirs. */
  const token: Tensor = arange(length).sub(count);
  const isNew: Tensor = token.greaterEqual(0).logicalAnd(token.less(tokens)).expandDims(-1);
  const nearest: Tensor = token.clip(0, tokens - 1);
  const updated = (old: Variable, fresh: Tensor): Tensor => {
    const next = where(isNew, fresh.take(nearest, 2) as Tensor, old) as Tensor;
    old.assign(next);
    return next;
  };
  const seen = { keys: updated(cache.keys, keys), values: updated(cache.values, values) };
  cache.count.assign(count.add(tokens));
  const query: Tensor = arange(tokens).expandDims(-1);
  return { ...seen, mask: token.lessEqual(query) };
}
