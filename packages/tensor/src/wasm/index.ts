export { type Threads, wasm, type Wasm, type WasmSettings } from './backend.ts';
