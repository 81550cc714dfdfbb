// A page may set a CRN in pieces: parts of it in bold, a place to break the line, texts that a framework keeps apart.

/** What stands in a line of text without ending a word. What a style sheet makes of it is asked only where it matters. */
const inline = new Set(
  'A ABBR B BDI BDO CITE CODE DATA DFN EM FONT I INS KBD MARK Q S SAMP SMALL SPAN STRONG SUB SUP TT U VAR WBR'.split(' '),
);
/** So many steps through the page are gone for a piece, and so many pieces make a text. */
const mostSteps = 20;
const mostPieces = 16;

const ends = /[\w:/.%-]$/;
const begins = /^[\w:/.%-]/;
/** The sign of a CRN, of which the colon may stand in the next piece. */
const cutSign = /\bcrn$/;

/** A text from its first piece on, and the pieces it is made of. */
export interface Run {
  text: string;
  nodes: readonly Text[];
}

/** Whether a CRN may begin in a text. */
export function mayHold(node: Text): boolean {
  return node.data.includes('crn:') || (cutSign.test(node.data) && next(node)?.data.startsWith(':') === true);
}

/** A text, and what goes on where it ends. */
export function runFrom(node: Text): Run {
  const nodes = [node];
  let [text, at] = [node.data, next(node)];
  while (at && nodes.length < mostPieces && ends.test(text) && begins.test(at.data)) {
    nodes.push(at);
    text += at.data;
    at = next(at);
  }
  return { text, nodes };
}

/** The text in which a CRN may begin that goes on in this one. */
export function beginningOf(node: Text): Text | undefined {
  let [after, at] = [node, next(node, false)];
  for (let pieces = 1; at && pieces < mostPieces && ends.test(at.data) && begins.test(after.data); pieces += 1) {
    if (mayHold(at)) return at;
    [after, at] = [at, next(at, false)];
  }
  return undefined;
}

/** Whether two pieces stand side by side on the screen. */
export function areTogether(first: Text, second: Text): boolean {
  const [before, after] = [boxOf(first, 'last'), boxOf(second, 'first')];
  if (!before || !after) return false;
  return Math.abs(after.left - before.right) <= 1 && after.top < before.bottom && before.top < after.bottom;
}

function boxOf(node: Text, which: 'first' | 'last'): DOMRect | undefined {
  const range = document.createRange();
  range.selectNodeContents(node);
  const boxes = [...range.getClientRects()];
  return which === 'first' ? boxes[0] : boxes.at(-1);
}

/** The next text of the line, or the one before. */
function next(node: Text, isForward = true): Text | undefined {
  let at: Node = node;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    let beside = isForward ? at.nextSibling : at.previousSibling;
    while (beside instanceof Element && inline.has(beside.tagName) && beside.firstChild) {
      beside = isForward ? beside.firstChild : beside.lastChild;
    }
    if (!beside) {
      const { parentNode } = at;
      if (!(parentNode instanceof Element) || !inline.has(parentNode.tagName)) return undefined;
      at = parentNode;
      continue;
    }
    if (beside instanceof Text && beside.data !== '') return beside;
    const isPassed = beside instanceof Comment || beside instanceof Text || (beside instanceof Element && inline.has(beside.tagName));
    if (!isPassed) return undefined;
    at = beside;
  }
  return undefined;
}
