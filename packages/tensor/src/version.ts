/** The version of this package. Tensors carry it, so that errors can name the versions of two copies in one process. */
export const version = '0.1.0';
