/** Where those who run the server read what went wrong. */
export interface Telling {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}
