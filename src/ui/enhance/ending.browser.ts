/** Time enough to finish a sentence and press a button (WCAG 2.2.1). */
const ahead = 2 * 60_000;
/** Beyond this a browser's timer goes off at once (HTML, 8.7). */
const farthest = 2 ** 31 - 1;

/** Two minutes before a session ends, says so and offers to stay. */
export function warnOfEnd(): void {
  const warning = document.querySelector<HTMLElement>('[data-ends-in]');
  const left = Number(warning?.dataset['endsIn']);
  if (warning === null || left > farthest) return;
  setTimeout(
    () => {
      warning.hidden = false;
    },
    Math.max(0, left - ahead),
  );
}
