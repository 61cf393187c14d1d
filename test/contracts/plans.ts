import { CompiledQuery, createQueryId, type RootOperationNode } from 'kysely';
import type { Database, Handle } from '../../src/store/database.ts';

/** What a database is asked while something asks it. */
export async function askedBy<T>(read: Handle, ask: (listening: Handle) => Promise<T>) {
  const nodes: RootOperationNode[] = [];
  const listening = read.withPlugin({
    transformQuery({ node }) {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const answer = await ask(listening);
  return { answer, asked: nodes.map((node) => read.getExecutor().compileQuery(node, createQueryId())) };
}

interface Plan {
  readonly 'Actual Rows'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** How many rows PostgreSQL touched for it, in all its steps together. */
export async function rowsTouched({ read }: Database, { sql: text, parameters }: CompiledQuery): Promise<number> {
  const explained = CompiledQuery.raw(`explain (analyze, format json) ${text}`, [...parameters]);
  const { rows } = await read.executeQuery<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>(explained);
  const touched = (plan: Plan): number =>
    (plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0) + (plan.Plans ?? []).map(touched).reduce(sum, 0);
  return touched(rows[0]?.['QUERY PLAN'][0].Plan ?? {});
}
const sum = (a: number, b: number): number => a + b;

/** How SQLite goes about it, step by step. */
export async function stepsOf(
  { read }: Database,
  { sql: text, parameters }: CompiledQuery,
): Promise<readonly string[]> {
  const explained = CompiledQuery.raw(`explain query plan ${text}`, [...parameters]);
  const { rows } = await read.executeQuery<{ detail: string }>(explained);
  return rows.map(({ detail }) => detail);
}
