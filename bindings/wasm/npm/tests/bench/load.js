// Milliseconds from the start of a fresh process until the package is ready; the median of several.

import { execFileSync } from 'node:child_process';

const RUNS = 15;

function median(entry) {
  const script = `const from = performance.now(); await import('${entry}'); process.stdout.write(String(performance.now() - from));`;
  const times = Array.from({ length: RUNS }, () => {
    return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname }));
  });
  return times.sort((one, other) => one - other)[RUNS >> 1];
}

for (const entry of ['kmsguard/crn', 'kmsguard', 'kmsguard/node', 'kmsguard/cli']) {
  try {
    console.log(`${entry.padEnd(14)} ${median(entry).toFixed(1)} ms`);
  } catch {
    console.log(`${entry.padEnd(14)} cannot be loaded`);
  }
}
