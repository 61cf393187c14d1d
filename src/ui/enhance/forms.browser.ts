/** A form left waiting may be sent again after this long: the answer is not coming any more. */
const patience = 10_000;

/** Sends each form once, however often its button is pressed, and a code as soon as all of it has been pasted. */
export function guardForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.dataset['sent'] !== undefined) return event.preventDefault();
    form.dataset['sent'] = '';
    event.submitter?.setAttribute('aria-busy', 'true');
    setTimeout(() => allow(form), patience);
  });
  // A page the browser kept for "back" comes with its forms as they were left.
  window.addEventListener('pageshow', () => document.querySelectorAll('form').forEach(allow));

  for (const field of document.querySelectorAll<HTMLInputElement>('[data-digits]')) {
    field.addEventListener('input', (event) => {
      const pasted = (event as InputEvent).inputType === 'insertFromPaste';
      const code = field.value.replace(/\s/g, '');
      if (pasted && /^\d+$/.test(code) && code.length === Number(field.dataset['digits'])) field.form?.requestSubmit();
    });
  }
}

function allow(form: HTMLFormElement): void {
  delete form.dataset['sent'];
  form.querySelector('[aria-busy]')?.removeAttribute('aria-busy');
}
