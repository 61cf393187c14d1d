import { describe, expect, test } from 'vitest';
import { pskc, sealedByKey, sealedByPassword } from '../../../test/support/pskc.ts';
import { base32Of } from '../../otp/codes.ts';
import { readTokens } from './stock.ts';

const nothing = { key: null, password: null };
const key = Buffer.from('12345678901234567890123456789012', 'hex');
const secret = base32Of(Buffer.from('12345678901234567890'));
const whys = async (text: string, unlock: Parameters<typeof readTokens>[1] = nothing) => {
  const rows = await readTokens(text, unlock);
  return typeof rows === 'string'
    ? rows
    : rows.map((row) => ('why' in row ? `${row.line}: ${row.why}` : row.token.serial));
};
const tokens = async (text: string, unlock: Parameters<typeof readTokens>[1] = nothing) => {
  const rows = await readTokens(text, unlock);
  return typeof rows === 'string' ? rows : rows.map((row) => ('token' in row ? row.token : row.why));
};

/** A container with a document type, well-formed otherwise. */
const typed = (type: string, inside: string) =>
  pskc(inside).replace('<KeyContainer', `<!DOCTYPE KeyContainer ${type}><KeyContainer`);

describe('a table', () => {
  const hex = '3132333435363738393031323334353637383930';
  test.each([
    ['without names', `A-1,${secret},totp,6,30`],
    ['with names in any order', `type,secret,serial,period,digits\ntotp,${secret},A-1,30,6`],
    [
      'as Token2 and Azure write it',
      `upn,serial number,secret key,time interval,manufacturer,model\nann@example.org,A-1,${secret},30,Token2,c202`,
    ],
    ['with semicolons, quotation marks and CRLF', `serial;secret\r\n"A-1";"${secret}"\r\n`],
    ['with a byte order mark and hexadecimal', `\uFEFFserial,secret\nA-1,${hex.toUpperCase()}\n\n`],
    ['with spaces', `serial, secret\n A-1 , ${secret.match(/.{4}/g)?.join(' ')}`],
  ])('is read %s', async (_, text) => {
    expect(await tokens(text)).toEqual([
      { serial: 'A-1', kind: 'TOTP', algorithm: 'SHA1', digits: 6, secret, period: 30, counter: 0, drift: 0 },
    ]);
  });

  test('says what kind each token is', async () => {
    const text = `serial,secret,type,digits,period,algorithm,counter\nA,${secret},HOTP,8,,sha256,7\nB,${secret},TOTP,8,60,HMAC-SHA-512,`;
    expect(await tokens(text)).toMatchObject([
      { kind: 'HOTP', digits: 8, algorithm: 'SHA256', counter: 7, period: 0 },
      { kind: 'TOTP', digits: 8, algorithm: 'SHA512', counter: 0, period: 60 },
    ]);
  });

  test.each([
    [`,${secret}`, 'no serial number of 1 to 64 letters, digits and . : / - _'],
    ['A,', 'the secret is neither Base32 nor hexadecimal'],
    ['A,not a secret!', 'the secret is neither Base32 nor hexadecimal'],
    ['A,MFRGG', 'the secret has 24 bits; it takes 128 at least'],
    [`A,${secret},ocra`, 'the type is ocra, which is neither TOTP nor HOTP'],
    [`A,${secret},totp,7`, 'it shows 7 digits; known are 6 and 8'],
    [`A,${secret},totp,6,45`, 'a code lasts 45 s; known are 30 and 60'],
    [`A,${secret},totp,six`, 'it shows six digits; known are 6 and 8'],
    [`A,"${secret}`, 'a quotation mark is not closed'],
    [`__proto__,${secret},__proto__`, 'the type is __proto__, which is neither TOTP nor HOTP'],
  ])('"%s": %s', async (line, why) => {
    expect(await whys(`serial,secret,type,digits,period\n${line}`)).toEqual([`2: ${why}`]);
  });

  test('that names no secrets is refused whole', async () => {
    expect(await whys('name,secret\nA,B')).toMatch(/^the first line names no columns/);
  });
});

describe('a key container (RFC 6030)', () => {
  test('figure 2: plain, and its secret too short for us', async () => {
    const text = pskc(
      '<KeyPackage><Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Data><Secret><PlainValue>MTIzNA==</PlainValue></Secret></Data></Key></KeyPackage>',
    );
    expect(await whys(text)).toEqual(['1: the secret has 32 bits; it takes 128 at least']);
  });

  test('figure 5: a PIN beside it is no token', async () => {
    const text = pskc(
      `<KeyPackage><DeviceInfo><SerialNo>987654321</SerialNo></DeviceInfo><Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
       <AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
       <Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=
       </PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
       <Policy><PINPolicy MinLength="4" PINUsageMode="Local"/><KeyUsage>OTP</KeyUsage></Policy></Key></KeyPackage>
       <KeyPackage><Key Id="123456781" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:pin"><Data><Secret><PlainValue>MTIzNA==</PlainValue></Secret></Data></Key></KeyPackage>`,
    );
    expect(await tokens(text)).toEqual([
      { serial: '987654321', kind: 'HOTP', algorithm: 'SHA1', digits: 8, secret, period: 0, counter: 0, drift: 0 },
      'it is a PIN, and no token',
    ]);
  });

  test('figure 6: sealed by a key', async () => {
    expect(await tokens(sealedByKey, { key, password: null })).toMatchObject([
      { serial: '987654321', digits: 8, secret },
    ]);
  });

  test('figure 7: sealed by a password', async () => {
    const inside = base32Of(Buffer.from('12345678901234567890'));
    expect(await tokens(sealedByPassword, { key: null, password: 'qwerty' })).toMatchObject([
      { serial: '987654321', secret: inside },
    ]);
  });

  const shut = /^it does not open/;
  test.each([
    ['without the key', sealedByKey, nothing, /--key-file/],
    ['without the password', sealedByPassword, nothing, /--password-file/],
    ['with another key', sealedByKey, { key: Buffer.alloc(16, 1), password: null }, shut],
    ['with a key of another length', sealedByKey, { key: Buffer.alloc(32, 1), password: null }, /it takes 16/],
    ['with another password', sealedByPassword, { key: null, password: 'qwertz' }, shut],
    ['with another MAC', sealedByKey.replace('Su+Nvt', 'Su+Nvu'), { key, password: null }, shut],
    ['with no MAC', sealedByKey.replace(/<ValueMAC>.*<\/ValueMAC>/, ''), { key, password: null }, shut],
    ['with no MAC method', sealedByKey.replace(/<MACMethod.*<\/MACMethod>/s, ''), { key, password: null }, /no MAC/],
    ['with a changed secret', sealedByKey.replace('AAECAw', 'AAECBA'), { key, password: null }, shut],
    ['with a changed end', sealedByKey.replace('UqGv', 'UqGw'), { key, password: null }, shut],
    [
      'with too many rounds',
      sealedByPassword.replace('1000<', '99999999999<'),
      { key: null, password: 'qwerty' },
      /PBKDF2/,
    ],
    [
      'with a certificate',
      sealedByKey.replace(/<ds:KeyName>.*<\/ds:KeyName>/, '<ds:X509Data/>'),
      { key, password: null },
      /certificate/,
    ],
  ])('%s stays shut', async (_, text, unlock, why) => {
    expect(await whys(text, unlock)).toMatch(why);
  });

  test.each([
    ['entities', typed('[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]', '<Id>&b;</Id>')],
    ['a file elsewhere', typed('SYSTEM "file:///etc/passwd"', '')],
    ['what is not well-formed', '<KeyContainer'],
    ['two roots', `${pskc('')}${pskc('')}`],
    ['another document', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
  ])('with %s is not read', async (_, text) => {
    expect(await whys(text)).toMatch(/^it is no /);
  });

  test('whose rules we would break is refused', async () => {
    const one = (inside: string) =>
      pskc(
        `<KeyPackage><Key Id="A" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">${inside}<Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret></Data></Key></KeyPackage>`,
      );
    expect(await tokens(one(''))).toMatchObject([{ kind: 'TOTP', period: 30 }]);
    expect(await tokens(one('<Policy><KeyUsage>CR</KeyUsage></Policy>'))).toEqual(['it is for CR, and not for codes']);
    expect(await tokens(one('<Policy><PINPolicy PINUsageMode="Append"/></Policy>'))).toEqual([
      'a PIN is part of its codes (Append)',
    ]);
    expect(
      await tokens(
        one('<AlgorithmParameters><ResponseFormat Length="6" Encoding="HEXADECIMAL"/></AlgorithmParameters>'),
      ),
    ).toEqual(['its codes are HEXADECIMAL; known is DECIMAL']);
  });
});
