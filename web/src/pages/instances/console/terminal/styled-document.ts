import { NONCE } from '../../../../nonce';

/**
 * The document for xterm.js, which writes styles in two ways that the content security policy refuses: style elements
 * get the nonce here, and the attribute `style` of its spans is set through their properties instead.
 */
export const STYLED_DOCUMENT: Document = new Proxy(document, {
  get(target, name) {
    if (name === 'createElement') return createElement;
    const value: unknown = Reflect.get(target, name);
    return isMethod(value) ? value.bind(target) : value;
  },
});

function createElement(tag: string): HTMLElement {
  const element = document.createElementNS('http://www.w3.org/1999/xhtml', tag);
  if (element instanceof HTMLStyleElement) element.nonce = NONCE;
  if (element instanceof HTMLSpanElement)
    element.setAttribute = (name, value) => {
      if (name === 'style') element.style.cssText = value;
      else Element.prototype.setAttribute.call(element, name, value);
    };
  return element;
}

/** Runs a task during which the document itself does so, too: one part of xterm.js does not use that of its options. */
export function withStyledDocument(task: () => void): void {
  Object.defineProperty(document, 'createElement', { configurable: true, value: createElement });
  try {
    task();
  } finally {
    Reflect.deleteProperty(document, 'createElement');
  }
}

function isMethod(value: unknown): value is (...parameters: unknown[]) => unknown {
  return typeof value === 'function';
}
