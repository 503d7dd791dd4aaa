/** The error codes of a reader or terminal that has gone away, as after `nn train iris | head -1`. They are no failure. */
const readerGone: ReadonlySet<string> = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED']);

/**
 * Keeps a failed write from ending the process, so that a model is saved even when its report cannot be shown.
 *
 * @returns a function that gives the first failure other than a reader that is gone, such as a full disk
 */
export function tolerateFailedWrites(stream: NodeJS.WritableStream): () => Error | undefined {
  let failure: Error | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!readerGone.has(error.code ?? '')) failure ??= error;
  });
  return () => failure;
}
