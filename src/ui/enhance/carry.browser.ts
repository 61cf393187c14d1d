/** What is only carried from us to an application goes by itself. */
export const carryOn = (): void => document.querySelector<HTMLFormElement>('form[data-carry]')?.requestSubmit();
