// Serves the built page on this machine, below a path, as any plain web server would.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Where the page stands on the site: not at the top, so that absolute addresses would be found out. */
const below = '/tools/kmsguard/';

export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const file = path.endsWith('/') ? `${path}index.html` : path;
    try {
      if (!file.startsWith(below)) throw new Error('elsewhere');
      const bytes = await readFile(join(folder, file.slice(below.length)));
      response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}${below}`;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { address, close };
}
