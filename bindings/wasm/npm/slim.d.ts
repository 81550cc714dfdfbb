import type { WasmSource } from './crn.js';

export type * from './index.js';
export { crn, parseCrn, isKeyCrn, crns, crnKinds, Inventory } from './index.js';

/** Makes the module ready with the bytes of `kmsguard/kmsguard.wasm`. */
export function init(source: WasmSource): Promise<void>;
