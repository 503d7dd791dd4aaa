export { decodeSafetensors } from './decode-safetensors.ts';
export { encodeSafetensors } from './encode-safetensors.ts';
export { FormatError, type FormatFault } from './format-error.ts';
export { loadParameters, ParametersError } from './load-parameters.ts';
export type { ReadOptions, SafetensorsFile } from './safetensors/decode.ts';
export type { SafetensorsOptions } from './safetensors/encode.ts';
