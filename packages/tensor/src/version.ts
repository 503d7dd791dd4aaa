/** The version of this package: what two copies in one process tell each other. */
export const version = '0.1.0';
