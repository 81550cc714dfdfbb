// `kmsguard/node`: all of `kmsguard`, and reading from files.

export * from './index-node.js';
export { readPaths } from './lib/paths.js';
