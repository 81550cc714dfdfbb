// The insides that elements of a page make for themselves. A script of an extension may see the closed ones too: Chromium has a
// function for it, Firefox a property.

interface Opened extends Element {
  openOrClosedShadowRoot?: ShadowRoot | null;
}

export function insideOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot) return element.shadowRoot;
  const { openOrClosedShadowRoot } = element as Opened;
  if (openOrClosedShadowRoot !== undefined) return openOrClosedShadowRoot;
  return element instanceof HTMLElement ? (chrome.dom?.openOrClosedShadowRoot(element) ?? null) : null;
}
