// Light or dark: as the system says, until a person says otherwise.

export type Theme = 'light' | 'dark';

const remembered = 'kmsguard-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** What a person chose, if they did and the browser lets us remember. */
function chosen(): Theme | undefined {
  try {
    const theme = localStorage.getItem(remembered);
    return theme === 'light' || theme === 'dark' ? theme : undefined;
  } catch {
    return undefined;
  }
}

export function currentTheme(): Theme {
  const shown = document.documentElement.dataset['theme'];
  if (shown === 'light' || shown === 'dark') return shown;
  return system.matches ? 'dark' : 'light';
}

/** Shows the remembered choice. Without one, the style sheet follows the system. */
export function applyTheme(): void {
  const theme = chosen();
  if (theme) document.documentElement.dataset['theme'] = theme;
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(remembered, theme);
  } catch {
    // The choice holds until the page is left.
  }
}

/** Calls back when the system changes its mind. */
export function onSystemTheme(changed: () => void): () => void {
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
}
