import type { NamedDatabase } from "../platform/preflight/preflight.ts";
import type { Context } from "./check.ts";

/** What the checks of one database need to know. */
export interface DatabaseContext extends Context {
  readonly database: NamedDatabase;
}

/** One for each database of the service: the only one, whose variables have no name before them, or several. */
export function databaseContexts(context: Context): DatabaseContext[] {
  const { database, databases = [] } = context.plan;
  return [
    ...(database === undefined ? [] : [{ target: "database", prefix: "", ...database }]),
    ...databases,
  ].map((each) => ({ ...context, database: each }));
}

/** The name of a variable of this database: ORDERS_POSTGRES_HOST. */
export function variableName({ database }: Pick<DatabaseContext, "database">, name: string): string {
  return `${database.prefix}${name}`;
}

/** Its value; "" where it is not set. */
export function variableOf(context: DatabaseContext, name: string): string {
  return context.variables[variableName(context, name)] ?? "";
}
