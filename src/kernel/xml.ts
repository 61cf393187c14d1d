import { DOMParser, type Element, type Node, onErrorStopParsing } from '@xmldom/xmldom';

export type { Element };

/**
 * The root of a document from somebody else; null when it is not well-formed, or has a document type: what that can do to
 * a reader (entities that grow, files that are fetched) nothing that we read needs.
 */
export function parseXml(text: string): Element | null {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return null;
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml').documentElement;
  } catch (failure) {
    if (failure instanceof Error && failure.name === 'ParseError') return null;
    throw failure;
  }
}

const isElement = (node: Node): node is Element => node.nodeType === 1;

/** The children of that name, whatever their prefix. */
export function children(parent: Element, name: string): readonly Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node !== null; node = node.nextSibling)
    if (isElement(node) && node.localName === name) found.push(node);
  return found;
}

/** The first child along a path of names; null when there is none. */
export const child = (from: Element | null, ...path: readonly string[]): Element | null =>
  path.reduce<Element | null>((at, name) => (at === null ? null : (children(at, name)[0] ?? null)), from);

/** What stands in it, without the spaces around it; empty for nothing. */
export const textOf = (element: Element | null): string => (element?.textContent ?? '').trim();
