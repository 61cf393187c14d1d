/** A dot-atom of RFC 5322 (3.2.3): no quotes, no comments, nothing that could end one address and begin another. */
const local = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Names as they are looked up (RFC 1035, 2.3.1): at least two, and the last is no number. */
const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Letters of any script, digits, hyphens and dots: nothing else is a name in any language. */
const written = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * What was typed as one address, its domain as it is looked up; null when it is none, or more than one. What stands before
 * the at sign stays as it was typed: only its own server knows what it means.
 */
export function readAddress(typed: string): string | null {
  const address = typed.trim();
  const at = address.lastIndexOf('@');
  const [name, host] = [address.slice(0, Math.max(0, at)), address.slice(at + 1)];
  if (!local.test(name) || name.length > 64 || !written.test(host)) return null;
  const looked = URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : '';
  const read = `${name}@${looked}`;
  return domain.test(looked) && read.length <= 254 ? read : null;
}

/** `a•••@example.org`: enough to tell one's own mailbox, not enough to learn another's. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}•••${address.slice(at)}`;
}
