import { launch } from '#lib/firefox.js';
import { testVectors } from '#lib/vector-pages.js';

testVectors(launch);
