import type { Source } from './index.js';

export * from './index.js';

/**
 * Reads files, and all regular files in folders, as sources for `Inventory.read`. `-` is standard input.
 * What cannot be read becomes a source that says so.
 */
export function readPaths(paths: string | readonly string[]): Source[];
