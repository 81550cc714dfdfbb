import * as glue from './crn-glue.js';
import { Instance } from './instance.js';

export const instance = new Instance(glue);
