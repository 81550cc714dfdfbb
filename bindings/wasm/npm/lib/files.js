// The files of this machine, as the command and `readPaths` see them.

import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';

const kindOf = (stats) => (stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other');

/** What a path given by the user is; here a link is followed. */
export function kind(path) {
  return kindOf(statSync(path));
}

/** What is in a folder. Links are not followed: what they lead to may lie anywhere. */
export function list(path) {
  return readdirSync(path, { withFileTypes: true }).map((entry) => ({
    name: entry.name,
    // Some file systems do not say the type in the listing.
    kind: kindOf(isTyped(entry) ? entry : lstatSync(`${path}/${entry.name}`)),
  }));
}

export function read(path) {
  return readFileSync(path);
}

export function readStdin() {
  return readFileSync(0);
}

function isTyped(entry) {
  return entry.isFile() || entry.isDirectory() || entry.isSymbolicLink();
}
