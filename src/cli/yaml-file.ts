import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { Refusal, refusalOf } from './settings.ts';

/** What a file of somebody's says. @param what what it is, where it is told that it is none */
export function yamlIn(file: string, what: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) as unknown;
  } catch (failure) {
    if (failure instanceof YAMLParseError) throw refusalOf(what, [failure.message.split('\n')[0] ?? '']);
    if (failure instanceof Error && 'code' in failure) throw new Refusal(`${failure.message}.`);
    throw failure;
  }
}
