/** Does a list of passwords that attackers try first hold it? The list is loaded when the first new password is chosen. */
export async function isCommon(): Promise<(lowered: string) => boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return (lowered) => dictionary['passwords-common']?.includes(lowered) ?? false;
}
