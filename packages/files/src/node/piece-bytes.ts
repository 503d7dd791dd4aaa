/** The most bytes of one read or write: systems and Node refuse 2 GiB and more in one call. */
export const pieceBytes: number = 2 ** 30;
