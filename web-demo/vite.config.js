import { defineConfig } from 'vite';
import { classicScript } from './build/classic-script.js';
import { embedded } from './build/embedded.js';
import { examplePath } from './build/example.js';
import { fontLicense } from './build/font-license.js';
import { themeTokens } from './build/theme-tokens.js';
import { workerScript } from './build/worker-script.js';

export default defineConfig({
  // Relative addresses: the page works below any path, and from a folder on disk.
  base: './',
  resolve: { alias: { '#example': examplePath() } },
  plugins: [embedded(), workerScript(), themeTokens(), classicScript(), fontLicense()],
  build: {
    target: 'es2022',
    modulePreload: false,
    chunkSizeWarningLimit: 2_500,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
  server: { host: '127.0.0.1' },
});
