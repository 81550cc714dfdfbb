// What a caller gives to be read, as names and bytes.

import { misuse } from './errors.js';

const encoder = new TextEncoder();

/**
 * @param sources `{name: data}`, or a list of `{name?, data}`
 * @returns {{name: string, bytes?: Uint8Array, named: boolean, unread?: string}[]}
 */
export function toInputs(sources) {
  if (sources === null || typeof sources !== 'object') throw notData('sources are an object or a list');
  const list = Array.isArray(sources) ? sources : Object.entries(sources).map(([name, data]) => ({ name, data }));
  return list.map(({ name, data, named = true, unread }, place) => {
    const given = name ?? `objects[${place}]`;
    return unread === undefined ? { name: given, bytes: toBytes(data, given), named } : { name: given, named, unread };
  });
}

function toBytes(data, name) {
  if (data instanceof Uint8Array) return data;
  if (typeof data === 'string') return encoder.encode(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (typeof Blob !== 'undefined' && data instanceof Blob) {
    throw notData(`source \`${name}\` is a Blob`, 'give `await blob.arrayBuffer()`');
  }
  const text = JSON.stringify(data);
  if (text === undefined) throw notData(`source \`${name}\` has no data`);
  return encoder.encode(text);
}

function notData(message, help = 'give `{ name: data }` or `[{ name, data }]`; data are bytes, text, or parsed JSON') {
  return misuse(new TypeError(message), 'JS003', help);
}
