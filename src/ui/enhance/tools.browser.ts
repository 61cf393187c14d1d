const each = (selector: string, act: (button: HTMLButtonElement) => void): void => {
  for (const button of document.querySelectorAll<HTMLButtonElement>(selector))
    button.addEventListener('click', () => act(button));
};

/** Shows what is typed into a password field; hidden again before it is sent, so that the browser knows it for one. */
export function revealButtons(): void {
  each('[data-reveal]', (button) => {
    const field = document.getElementById(button.dataset['reveal'] ?? '') as HTMLInputElement;
    const shown = field.type === 'password';
    field.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    field.form?.addEventListener('submit', () => {
      field.type = 'password';
    });
    field.focus();
  });
}

/** Copies what the button carries, and says so, politely, where a screen reader hears it. */
export function copyButtons(): void {
  each('[data-copy]', (button) => {
    const said = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(
      () => {
        if (said) said.textContent = button.dataset['copied'] ?? '';
      },
      () => button.remove(),
    );
  });
}

export function printButtons(): void {
  each('[data-print]', () => window.print());
}
