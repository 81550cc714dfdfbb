// Everything that `kmsguard/crn` has beside `init`.

import { crnFunctions } from './crn-functions.js';
import { instance } from './crn-instance.js';

export const { crn, parseCrn, isKeyCrn, crns } = crnFunctions(instance);
export { crnKinds } from './crn-functions.js';
