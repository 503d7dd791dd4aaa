// Plain JavaScript, so that Node loads it and the sources of the packages without a build.
import { config } from './src/site/config.ts';

export default config;
