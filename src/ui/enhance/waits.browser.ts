/**
 * Looks again while somebody elsewhere is waited for: what has changed is shown in place, and the form goes off by itself
 * once it is settled. Stops where a page comes back that waits no more.
 */
export function keepLooking(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-waits]');
  if (form?.dataset['settled'] !== undefined) form.requestSubmit();
  else if (form) setTimeout(() => look(form), Number(form.dataset['waits']) * 1000);
}

async function look(form: HTMLFormElement): Promise<void> {
  const page = await read().catch(() => null);
  // Somebody is typing a code meanwhile: what they have typed stays.
  const typing = form.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement;
  if (page === null || typing) return keepLooking();
  const [now, then] = [document.querySelector('main'), page.querySelector('main')];
  if (now === null || then === null) return location.reload();
  if (now.innerHTML !== then.innerHTML) now.replaceWith(then);
  keepLooking();
}

async function read(): Promise<Document> {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}
