// Carbon's icons, drawn as decoration: a word beside them says what they mean.

import { svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { html } from 'lit';

export interface Icon {
  attrs: { viewBox: string; width: number; height: number };
  content: readonly { elem: string; attrs: Record<string, string> }[];
}

export function icon(drawing: Icon, slot?: string): TemplateResult {
  const { viewBox, width, height } = drawing.attrs;
  return html`<svg
    slot=${slot ?? ''}
    class="icon"
    viewBox=${viewBox}
    width=${width}
    height=${height}
    fill="currentColor"
    aria-hidden="true"
  >
    ${drawing.content.map(shape)}
  </svg>`;
}

function shape({ elem, attrs }: Icon['content'][number]): SVGTemplateResult {
  const fill = attrs['fill'] ?? 'currentColor';
  if (elem === 'circle') return svg`<circle cx=${attrs['cx']} cy=${attrs['cy']} r=${attrs['r']} fill=${fill} />`;
  if (elem === 'rect') {
    return svg`<rect x=${attrs['x'] ?? 0} y=${attrs['y'] ?? 0} width=${attrs['width']} height=${attrs['height']} fill=${fill} />`;
  }
  if (elem === 'polygon') return svg`<polygon points=${attrs['points']} fill=${fill} />`;
  return svg`<path d=${attrs['d']} fill=${fill} />`;
}
