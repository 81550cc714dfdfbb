import * as glue from './crn-glue.js';
import { crnFunctions } from './crn-functions.js';
import { Instance } from './instance.js';

export const instance = new Instance(glue);
export const { crn, parseCrn, isKeyCrn, crns } = crnFunctions(instance);
export { crnKinds } from './crn-functions.js';
