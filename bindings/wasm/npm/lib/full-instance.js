import * as glue from './kmsguard-glue.js';
import { Instance } from './instance.js';

export const instance = new Instance(glue);
