import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpKey } from '../saml/support.ts';
import { findProgram } from './programs.ts';

interface Wish {
  readonly entityId: string;
  /** Sallyport's metadata, as a file. */
  readonly metadata: string;
  /** The entityID in it. */
  readonly issuer: string;
  /** A PEM file: who must have signed it. */
  readonly certificate: string;
  readonly key: SpKey;
}

export interface Shibboleth {
  /** What Apache is told of it. */
  readonly apache: string;
  tell(): string;
  stop(): Promise<void>;
}

/** Debian's Shibboleth service provider, with a configuration of its own: the daemon behind `mod_shib`. */
export async function startShibboleth(wish: Wish): Promise<Shibboleth> {
  const program = findProgram('shibd');
  if (program === undefined) throw new Error('No shibd here: on Debian, `apt-get install libapache2-mod-shib`.');
  const home = mkdtempSync(join(tmpdir(), 'sallyport-shib-'));
  chmodSync(home, 0o755);
  const at = (name: string) => join(home, name);
  writeFileSync(at('key.pem'), wish.key.privateKey);
  writeFileSync(at('attributes.xml'), attributes);
  for (const name of ['shibd', 'native']) writeFileSync(at(`${name}.logger`), logger(at(`${name}.log`)));
  writeFileSync(at('native.log'), '');
  chmodSync(at('native.log'), 0o666);
  writeFileSync(at('shibboleth2.xml'), configuration(wish, home));
  const words = ['-f', '-F', '-c', at('shibboleth2.xml'), '-p', at('pid')];
  const daemon = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  daemon.stderr.on('data', (chunk) => said.push(String(chunk)));
  const tell = () =>
    [
      said.join(''),
      ...['shibd.log', 'native.log'].map((name) => (existsSync(at(name)) ? readFileSync(at(name), 'utf8') : '')),
    ].join('\n');
  for (let tries = 0; !existsSync(at('shibd.sock')); tries++) {
    if (tries > 200 || daemon.exitCode !== null) throw new Error(`shibd did not start:\n${tell()}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  chmodSync(at('shibd.sock'), 0o777);
  return {
    apache: `LoadModule mod_shib /usr/lib/apache2/modules/mod_shib.so\nShibConfig ${at('shibboleth2.xml')}\n`,
    tell,
    stop: () =>
      new Promise((stopped) => {
        daemon.once('close', () => stopped());
        daemon.kill('SIGTERM');
      }),
  };
}

const logger = (file: string): string => `log4j.rootCategory=WARN, file
log4j.appender.file=org.apache.log4j.FileAppender
log4j.appender.file.fileName=${file}
log4j.appender.file.layout=org.apache.log4j.PatternLayout
log4j.appender.file.layout.ConversionPattern=%p %c: %m%n
`;

const attributes = `<Attributes xmlns="urn:mace:shibboleth:2.0:attribute-map" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Attribute name="urn:oid:0.9.2342.19200300.100.1.1" id="uid"/>
<Attribute name="urn:oid:0.9.2342.19200300.100.1.3" id="mail"/>
<Attribute name="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" id="persistent-id">
<AttributeDecoder xsi:type="NameIDAttributeDecoder" formatter="$Name"/>
</Attribute>
</Attributes>
`;

/** It signs what it asks, takes no assertion that is not signed, and believes our metadata by our signature alone. */
const configuration = ({ entityId, metadata, issuer, certificate, key }: Wish, home: string): string => `<SPConfig
 xmlns="urn:mace:shibboleth:3.0:native:sp:config" clockSkew="180" logger="${home}/shibd.logger">
<OutOfProcess logger="${home}/shibd.logger"/>
<InProcess logger="${home}/native.logger"/>
<UnixListener address="${home}/shibd.sock"/>
<ApplicationDefaults entityID="${entityId}" REMOTE_USER="uid" signing="true" encryption="false" requireSignedAssertions="true">
<Sessions lifetime="28800" timeout="3600" relayState="ss:mem" checkAddress="false" handlerSSL="false" cookieProps="http">
<SSO entityID="${issuer}">SAML2</SSO>
<Logout>Local</Logout>
</Sessions>
<MetadataProvider type="XML" validate="true" path="${metadata}">
<MetadataFilter type="Signature" certificate="${certificate}"/>
</MetadataProvider>
<AttributeExtractor type="XML" validate="true" reloadChanges="false" path="${home}/attributes.xml"/>
<CredentialResolver type="File" key="${home}/key.pem" certificate="${key.file}"/>
</ApplicationDefaults>
<SecurityPolicyProvider type="XML" validate="true" path="/etc/shibboleth/security-policy.xml"/>
<ProtocolProvider type="XML" validate="true" reloadChanges="false" path="/etc/shibboleth/protocols.xml"/>
</SPConfig>
`;
