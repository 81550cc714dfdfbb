// Where the exports of the example are: the account that the tests and the command have too.

import { join } from 'node:path';

export function examplePath() {
  const root = process.env.KMSGUARD_ROOT ?? join(import.meta.dirname, '../..');
  return join(root, 'tests/accounts/example');
}
