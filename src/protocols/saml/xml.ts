import { type Element, parseXml, textOf } from '../../kernel/xml.ts';
import { Refused } from './refused.ts';

/** No message of the profiles that we speak is longer, or as deep. */
export const longest = 64 * 1024;
const deepest = 24;

const [elementNode, textNode] = [1, 3];
const idNames = ['ID', 'Id', 'id', 'xml:id'];

/**
 * A message as nothing but elements and text. A comment would make two readers see two texts, and an id that is there twice two
 * elements: whoever signs and whoever reads would not mean the same (CVE-2018-0489, CVE-2025-29775).
 * @returns null for anything else
 */
export function readXml(text: string): Element | null {
  if (text.length > longest) return null;
  const root = parseXml(text);
  return root !== null && isPlain(root, 0, new Set()) ? root : null;
}

function isPlain(element: Element, depth: number, seen: Set<string>): boolean {
  if (depth > deepest) return false;
  for (const name of idNames) {
    const id = element.getAttribute(name);
    if (id === null) continue;
    if (seen.has(id)) return false;
    seen.add(id);
  }
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType === textNode) continue;
    if (node.nodeType !== elementNode || !isPlain(node as Element, depth + 1, seen)) return false;
  }
  return true;
}

export const isNamed = (element: Element, namespace: string, name: string): boolean =>
  element.namespaceURI === namespace && element.localName === name;

/** The children of that very name. */
export function childrenOf(parent: Element | null, namespace: string, name: string): readonly Element[] {
  const found: Element[] = [];
  for (let node = parent?.firstChild ?? null; node !== null; node = node.nextSibling)
    if (node.nodeType === elementNode && isNamed(node as Element, namespace, name)) found.push(node as Element);
  return found;
}

/** The only child of that name; null where there is none. @throws Refused where there are more: two readers would take another one */
export function onlyChild(parent: Element | null, namespace: string, name: string): Element | null {
  const found = childrenOf(parent, namespace, name);
  if (found.length > 1) throw new Refused('malformed');
  return found[0] ?? null;
}

/** What stands in it; null where it holds elements too, or there is none. */
export const wordsIn = (element: Element | null): string | null =>
  element === null || childElements(element) > 0 ? null : textOf(element);

const childElements = (element: Element): number => {
  let count = 0;
  for (let node = element.firstChild; node !== null; node = node.nextSibling)
    if (node.nodeType === elementNode) count += 1;
  return count;
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for between tags or in an attribute: what XML 1.0 cannot hold at all is left out (XML 2.2). */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"]/g, (letter) => escapes[letter] ?? '')
    .replaceAll(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);

/** A tag with its attributes, those without a value left out, around what is XML already. */
export function tag(
  name: string,
  attributes: Readonly<Record<string, string | null | undefined>>,
  ...inside: readonly string[]
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [` ${key}="${escaped(value)}"`],
  );
  return `<${name}${written.join('')}>${inside.join('')}</${name}>`;
}
