import { NONCE } from '../../../../nonce';

/*
 * xterm.js writes styles in two ways that the content security policy refuses: in style elements without a nonce, which
 * it adds when it opens, and in the attribute `style` of spans, for colors that are not in its palette.
 */

const XHTML = 'http://www.w3.org/1999/xhtml';

/** Runs a task during which style elements get the nonce. */
export function withNonce(task: () => void): void {
  const createElement = (tag: string): HTMLElement => {
    const element = document.createElementNS(XHTML, tag);
    if (element instanceof HTMLStyleElement) element.nonce = NONCE;
    return element;
  };
  Object.defineProperty(document, 'createElement', { configurable: true, value: createElement });
  try {
    task();
  } finally {
    // That of the prototype is visible again.
    Reflect.deleteProperty(document, 'createElement');
  }
}

/** Sets the attribute `style` of spans as a property, which the policy allows, and which has the same effect. */
export function allowStylesOfSpans(): void {
  HTMLSpanElement.prototype.setAttribute = function (
    this: HTMLSpanElement,
    name: string,
    value: string,
  ): void {
    if (name === 'style') this.style.cssText = value;
    else Element.prototype.setAttribute.call(this, name, value);
  };
}
