// Plain JavaScript, so that Node reads it, and the sources behind it, by itself: the packages are then their sources too.
import { config } from './src/site/config.ts';

export default config;
