/** What we use of Duo's own client, which brings no types. */
declare module '@duosecurity/duo_api' {
  export const SIGNATURE_VERSION_2: 2;
  export const SIGNATURE_VERSION_5: 5;
  export class Client {
    constructor(integrationKey: string, secretKey: string, host: string, signatureVersion?: 2 | 5);
    jsonApiCall(
      method: 'GET' | 'POST',
      path: string,
      params: Readonly<Record<string, string>>,
      callback: (answer: unknown) => void,
    ): void;
  }
}

declare module '@duosecurity/duo_api/lib/constants.js' {
  const constants: { DUO_PINNED_CERT: string };
  export default constants;
}
