/** Every method there is: a line each. */
export { method as backupCodes } from './backup-codes/index.ts';
export { method as duo } from './duo/index.ts';
export { method as emailCode } from './email-code/index.ts';
export { method as hardwareToken } from './hardware-token/index.ts';
export { method as password } from './password/index.ts';
export { method as securityQuestions } from './security-questions/index.ts';
export { method as smsCode } from './sms-code/index.ts';
export { method as totp } from './totp/index.ts';
export { method as webauthn } from './webauthn/index.ts';
