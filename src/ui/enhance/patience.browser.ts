/** "8:20", "1:02:03". */
function clockOf(inSeconds: number): string {
  const parts = [Math.floor(inSeconds / 3600), Math.floor(inSeconds / 60) % 60, inSeconds % 60];
  const said = parts[0] === 0 ? parts.slice(1) : parts;
  return said.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Counts down to when the button beside it does something; it sleeps until then. That it woke is said aloud, once. */
export function countDown(): void {
  for (const told of document.querySelectorAll<HTMLElement>('[data-counts]')) {
    const { counts = '', ready = '', wait } = told.dataset;
    const until = performance.now() + Number(wait);
    const button = told.parentElement?.querySelector<HTMLButtonElement>('button[data-sends]') ?? null;
    const status = told.nextElementSibling;
    if (button) button.disabled = true;
    const tick = setInterval(show, 1000);
    show();

    function show(): void {
      const left = Math.ceil((until - performance.now()) / 1000);
      if (left > 0) {
        told.textContent = counts.replace('#', clockOf(left));
        return;
      }
      clearInterval(tick);
      told.hidden = true;
      if (status) status.textContent = ready;
      if (button) button.disabled = false;
    }
  }
}
