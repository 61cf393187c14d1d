import type { InEveryLanguage } from '../../ui/language.ts';

/** What is told of each address itself is English: it is what `/openapi.json` says. */
const en = {
  title: 'For programs',
  lead: 'What a program can ask of Sallyport, and what it needs for it.',
  label: 'Sections',
  sections: { otp: 'Codes', people: 'People', policy: 'Policy', audit: 'Log' },
  machine: 'The same for machines',
  begin: {
    title: 'How to begin',
    token: 'Whoever runs the host makes a token. It is shown once, serves for a while, and from the networks you name.',
    refused: 'What is refused is application/problem+json (RFC 9457); its code stays the same from version to version.',
  },
  needs: 'Needs',
  field: 'Field',
  type: 'Type',
  meaning: 'Meaning',
  sends: 'You send',
  hears: 'You hear',
  refuses: 'It says no with',
  required: 'required',
  places: { path: 'in the path', query: 'in the query', header: 'as a header', body: 'in the body' },
};

const de: typeof en = {
  title: 'Für Programme',
  lead: 'Was ein Programm von Sallyport erfragen kann, und was es dafür braucht.',
  label: 'Abschnitte',
  sections: { otp: 'Codes', people: 'Personen', policy: 'Regeln', audit: 'Protokoll' },
  machine: 'Dasselbe für Maschinen',
  begin: {
    title: 'So beginnt man',
    token:
      'Wer den Server betreibt, macht einen Schlüssel. Er wird einmal gezeigt, gilt eine Weile, und aus den Netzen, die Sie nennen.',
    refused:
      'Was abgelehnt wird, ist application/problem+json (RFC 9457); sein code bleibt von Version zu Version derselbe.',
  },
  needs: 'Braucht',
  field: 'Feld',
  type: 'Art',
  meaning: 'Bedeutung',
  sends: 'Sie senden',
  hears: 'Sie erfahren',
  refuses: 'Es lehnt ab mit',
  required: 'nötig',
  places: { path: 'im Pfad', query: 'in der Anfrage', header: 'als Kopfzeile', body: 'im Inhalt' },
};

export const words: InEveryLanguage<typeof en> = { en, de };
