/**
 * What a model tells its layers beside x. An activation does the same in training as in use; it names the setting so
 * that it can stand among layers as it is, without being wrapped.
 */
export interface LayerCall {
  /** Without effect on an activation. */
  readonly training?: boolean;
}
