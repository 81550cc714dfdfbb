import { launch } from '#lib/browser.js';
import { testVectors } from '#lib/vector-pages.js';

testVectors(launch);
