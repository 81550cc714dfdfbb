import type { WasmSource } from './crn.js';

export * from './index.js';

/** Makes the module ready with the bytes of `kmsguard/kmsguard.wasm`. */
export function init(source: WasmSource): Promise<void>;
