// Where CRNs are marked beside the console: sites that a person allowed, one by one.

const [always] = chrome.runtime.getManifest().content_scripts ?? [];
const { matches = [] } = always ?? {};
const [js, css] = [always?.js, always?.css].map((paths) => (paths ?? []).map(relative)) as [string[], string[]];

/** Firefox gives some of these as whole addresses, and takes them as paths only. */
function relative(path: string): string {
  return path.replace(chrome.runtime.getURL(''), '');
}

/** Marks every allowed site from now on. What is registered outlives the worker and the browser. */
export async function settleMarks(): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll();
  const registered = new Set((await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id));
  const wanted = origins.filter((origin) => !matches.includes(origin) && !registered.has(origin));
  await chrome.scripting.registerContentScripts(
    wanted.map((origin) => ({ id: origin, matches: [origin], js, css, allFrames: true, runAt: 'document_idle' })),
  );
}

export async function removeMarks(origins: readonly string[]): Promise<void> {
  const registered = await chrome.scripting.getRegisteredContentScripts({ ids: [...origins] });
  await chrome.scripting.unregisterContentScripts({ ids: registered.map(({ id }) => id) });
}

/** Marks a page that is open already. Where it is marked, nothing happens. */
export async function placeMarks(target: chrome.scripting.InjectionTarget): Promise<void> {
  await chrome.scripting.insertCSS({ target, files: css });
  await chrome.scripting.executeScript({ target, files: js });
}
