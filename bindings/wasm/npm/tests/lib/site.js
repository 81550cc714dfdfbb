// Serves folders on this machine under a strict policy, as a careful site would.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/**
 * @param folders path prefix -> folder, the longest prefix first
 * @param pages path -> text
 * @param policy what the server says of all of it; nothing for a page that says it itself
 */
export async function serve(folders, pages = {}, policy = POLICY) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    if (policy) response.setHeader('Content-Security-Policy', policy);
    response.setHeader('Content-Type', types[extname(path)] ?? 'text/html; charset=utf-8');
    try {
      const prefix = Object.keys(folders).find((prefix) => path.startsWith(prefix));
      response.end(pages[path] ?? (await readFile(join(folders[prefix], path.slice(prefix.length)))));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  return { address, close: () => new Promise((resolve) => server.close(resolve)) };
}
