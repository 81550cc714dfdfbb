// Everything that `kmsguard` has beside `init`.

import { crnFunctions } from './crn-functions.js';
import { instance } from './full-instance.js';
import { diffFunction, inventoryClass, planFunction, policyFunction } from './inventory.js';

export const { crn, parseCrn, isKeyCrn, crns } = crnFunctions(instance);
export { crnKinds } from './crn-functions.js';
export const plan = planFunction(instance);
export const policy = policyFunction(instance);
export const diff = diffFunction(instance);
export const Inventory = inventoryClass(instance);
