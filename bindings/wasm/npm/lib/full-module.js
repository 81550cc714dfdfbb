import * as glue from './kmsguard-glue.js';
import { crnFunctions } from './crn-functions.js';
import { Instance } from './instance.js';
import { inventoryClass, planFunction } from './inventory.js';

export const instance = new Instance(glue);
export const { crn, parseCrn, isKeyCrn, crns } = crnFunctions(instance);
export const Inventory = inventoryClass(instance);
export const plan = planFunction(instance);
export { crnKinds } from './crn-functions.js';
