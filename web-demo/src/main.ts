// The page: its styles, its theme, its elements.

import './styles/fonts.css';
import 'virtual:theme-tokens.css';
import './styles/page.css';
import { applyTheme } from './theme.js';
import './page.js';

applyTheme();

// All fonts now: once it is there, the page asks for nothing more.
for (const font of document.fonts) void font.load();
