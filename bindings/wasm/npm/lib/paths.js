// Files and folders as sources.

import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';

/**
 * Reads files, and all regular files in folders. `-` is standard input.
 * A name is the path as given; for a file of a folder that path, `/` and the path inside the folder.
 *
 * @returns {{name: string, data: Uint8Array, named: boolean}[]}
 */
export function readPaths(paths) {
  const list = typeof paths === 'string' ? [paths] : [...paths];
  const sources = list.flatMap((path) => {
    if (path === '-') return [{ name: '-', data: readFileSync(0), named: true }];
    const name = path.replaceAll(sep, '/');
    return statSync(path).isDirectory() ? folder(path, name.replace(/\/+$/, '')) : [file(path, name, true)];
  });
  // Given twice, read once.
  return [...new Map(sources.reverse().map((source) => [source.name, source])).values()].reverse();
}

function folder(path, name) {
  const entries = readdirSync(path).sort();
  return entries.flatMap((entry) => {
    const [inner, innerName] = [`${path}/${entry}`, `${name}/${entry}`];
    // Links are not followed: what they lead to may lie anywhere.
    const kind = lstatSync(inner);
    if (kind.isDirectory()) return folder(inner, innerName);
    return kind.isFile() ? [file(inner, innerName, false)] : [];
  });
}

function file(path, name, named) {
  return { name, data: readFileSync(path), named };
}
