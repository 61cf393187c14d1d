import { child, children, type Element, parseXml, textOf } from '../../kernel/xml.ts';
import { type Keeper, NotOpened, openKeeper, type Unlock } from './pskc-keys.ts';
import { believe, type Row } from './seed.ts';

const namespace = 'urn:ietf:params:xml:ns:keyprov:pskc';

/** RFC 6030, 12.4; earlier drafts wrote a hash mark. */
const kindIn = (algorithm: string): string => algorithm.replace(namespace, '').slice(1);

/**
 * A Portable Symmetric Key Container (RFC 6030), plain, or sealed by a key or a password that is given beside it.
 * @returns its rows, or why it is no such file
 */
export async function readPskc(text: string, unlock: Unlock): Promise<readonly Row[] | string> {
  const root = parseXml(text);
  if (root === null) return 'it is no XML that is read: not well-formed, or with a document type';
  if (root.localName !== 'KeyContainer' || root.namespaceURI !== namespace) return 'it is no key container (RFC 6030)';
  try {
    const keeper = await openKeeper(root, unlock);
    return children(root, 'KeyPackage').map((pack) => rowOf(pack, keeper));
  } catch (failure) {
    if (failure instanceof NotOpened) return failure.message;
    throw failure;
  }
}

function rowOf(pack: Element, keeper: Keeper): Row {
  const line = pack.lineNumber ?? 0;
  const key = child(pack, 'Key');
  const serial = textOf(child(pack, 'DeviceInfo', 'SerialNo')) || (key?.getAttribute('Id') ?? '');
  const hindrance = key === null ? 'it holds no key' : hindranceIn(key);
  if (key === null || hindrance !== null) return { line, serial, why: hindrance ?? 'it holds no key' };
  const plain = (name: string) => textOf(child(key, 'Data', name, 'PlainValue'));
  return believe(line, {
    serial,
    seed: keeper(child(key, 'Data', 'Secret')),
    kind: kindIn(key.getAttribute('Algorithm') ?? ''),
    algorithm: textOf(child(key, 'AlgorithmParameters', 'Suite')),
    digits: child(key, 'AlgorithmParameters', 'ResponseFormat')?.getAttribute('Length') ?? '',
    period: plain('TimeInterval'),
    counter: plain('Counter'),
    drift: plain('TimeDrift'),
  });
}

/** A rule for the key that we would break (RFC 6030, 5: what is not understood must not be passed over). */
function hindranceIn(key: Element): string | null {
  if (kindIn(key.getAttribute('Algorithm') ?? '') === 'pin') return 'it is a PIN, and no token';
  const encoding = child(key, 'AlgorithmParameters', 'ResponseFormat')?.getAttribute('Encoding') ?? 'DECIMAL';
  if (encoding !== 'DECIMAL') return `its codes are ${encoding}; known is DECIMAL`;
  const policy = child(key, 'Policy');
  const usages = policy === null ? [] : children(policy, 'KeyUsage').map(textOf);
  if (usages.length > 0 && !usages.includes('OTP')) return `it is for ${usages.join(', ')}, and not for codes`;
  const mode = child(key, 'Policy', 'PINPolicy')?.getAttribute('PINUsageMode') ?? 'Local';
  if (mode !== 'Local') return `a PIN is part of its codes (${mode})`;
  for (const name of ['Counter', 'TimeInterval', 'TimeDrift'])
    if (child(key, 'Data', name, 'EncryptedValue') !== null) return `its ${name} is encrypted, which is not read`;
  return null;
}
