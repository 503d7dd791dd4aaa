export { loadSafetensors } from './node/load-safetensors.ts';
export { SaveError } from './node/save-error.ts';
export { saveSafetensors } from './node/save-safetensors.ts';
export { checkWritable, writeFileAtomic } from './node/write-file-atomic.ts';
