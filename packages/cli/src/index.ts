export { run } from './command.ts';
export { processTerminal, type Terminal } from './terminal.ts';
