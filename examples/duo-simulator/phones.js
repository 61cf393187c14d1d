// Looks every second whether something has happened; nothing that is being typed is lost.
const seen = document.querySelector('[data-version]').dataset.version;
setInterval(async () => {
  const typing = document.querySelector('input:not([type=checkbox]):focus');
  const now = await fetch('/version').then(
    (answer) => answer.text(),
    () => seen,
  );
  if (now !== seen && typing === null) location.reload();
}, 1000);
