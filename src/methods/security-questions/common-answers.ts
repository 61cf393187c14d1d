/** What people answer when they would rather not, and what is tried first whatever is asked. A line: answers, comma between. */
const lines = [
  'answer, none, nothing, nobody, nowhere, never, unknown, secret, password, test, test123, whatever',
  "i do not know, i don't know, i don’t know, dont know, not applicable, do not remember",
  'antwort, nichts, niemand, nirgends, keine, keins, keiner, unbekannt, geheim, passwort, egal',
  'weiss nicht, weiss ich nicht, keine ahnung, vergessen, entfällt, trifft nicht zu',
  'abcd, abcdef, asdf, asdfgh, qwer, qwerty, qwertz, 1234, 12345, 123456, 0000, 1111',
  'mama, mutter, mother, papa, vater, father, home, zuhause, school, schule, money, geld',
  'smith, jones, müller, mueller, schmidt, meier, meyer, teddy, teddy bear, teddybär, bear',
  'pizza, pasta, eggs, egg, scrambled eggs, nudeln, spaghetti, rührei, spiegelei, pancakes',
  'phone, bike, bicycle, car, book, handy, fahrrad, auto, buch, vase, window, fenster',
  'socks, socken, wallet, keys, geldbeutel, schlüssel, wardrobe, closet, attic, keller',
  'under the bed, unter dem bett, schrank, im schrank, beatles, the beatles, rolling stones, queen',
  'main street, high street, hauptstrasse, harvard, oxford, cambridge, berlin, london, new york',
];

export const commonAnswers: ReadonlySet<string> = new Set(lines.flatMap((line) => line.split(', ')));
