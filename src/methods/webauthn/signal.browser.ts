/** Tells the browser which of the passkeys it keeps are still good here, and what their owner is called (WebAuthn 3, 5.1.10). */

type Known = AllAcceptedCredentialsOptions & { readonly name: string };

const text = document.querySelector<HTMLElement>('[data-passkeys]')?.dataset['passkeys'];
if (text !== undefined) void signal(JSON.parse(text) as Known);

/** Where a browser cannot, or will not, nothing is lost. */
async function signal({ name, ...accepted }: Known): Promise<void> {
  const { rpId, userId } = accepted;
  const told = window.PublicKeyCredential as Partial<typeof PublicKeyCredential> | undefined;
  await Promise.allSettled([
    told?.signalAllAcceptedCredentials?.(accepted),
    told?.signalCurrentUserDetails?.({ rpId, userId, name, displayName: name }),
  ]);
}
