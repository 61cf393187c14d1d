/** Key containers with the values of RFC 6030. */

export const pskc = (inside: string): string =>
  `<?xml version="1.0"?><KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#">${inside}</KeyContainer>`;

const cipher = (value: string): string =>
  `<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
   <xenc:CipherData><xenc:CipherValue>
     ${value}
   </xenc:CipherValue></xenc:CipherData>`;

const sealed = (encryptionKey: string, values: { macKey: string; secret: string; mac: string }): string =>
  pskc(`<EncryptionKey>${encryptionKey}</EncryptionKey>
    <MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><MACKey>${cipher(values.macKey)}</MACKey></MACMethod>
    <KeyPackage>
      <DeviceInfo><Manufacturer>Manufacturer</Manufacturer><SerialNo>987654321</SerialNo></DeviceInfo>
      <Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
        <AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
        <Data>
          <Secret>
            <EncryptedValue>${cipher(values.secret)}</EncryptedValue>
            <ValueMAC>${values.mac}</ValueMAC>
          </Secret>
          <Counter><PlainValue>0</PlainValue></Counter>
        </Data>
      </Key>
    </KeyPackage>`);

/** Figure 6: the key is 12345678901234567890123456789012 in hexadecimal. */
export const sealedByKey = sealed('<ds:KeyName>Pre-shared-key</ds:KeyName>', {
  macKey: 'ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX',
  secret: 'AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv',
  mac: 'Su+NvtQfmvfJzF6bmQiJqoLRExc=',
});

/** Figure 7: the password is "qwerty". */
export const sealedByPassword = sealed(
  `<xenc11:DerivedKey>
     <xenc11:KeyDerivationMethod Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2">
       <pkcs5:PBKDF2-params>
         <Salt><Specified>Ej7/PEpyEpw=</Specified></Salt>
         <IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/>
       </pkcs5:PBKDF2-params>
     </xenc11:KeyDerivationMethod>
     <xenc11:MasterKeyName>My Password 1</xenc11:MasterKeyName>
   </xenc11:DerivedKey>`,
  {
    macKey: '2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx',
    secret: 'oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f',
    mac: 'LP6xMvjtypbfT9PdkJhBZ+D6O4w=',
  },
);
