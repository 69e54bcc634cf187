import { UserError } from "../platform/user-error.ts";

/** What can be named: a service in one region. */
interface Named {
  /** "api", "api-europe-west1" */
  readonly name: string;
  readonly service: { readonly name: string };
}

/**
 * The services to roll out: all where none is named. A service is meant in all of its regions, unless the name holds one.
 *
 * @throws UserError for names that the environment does not have
 */
export function chosenServices(
  environment: string,
  units: readonly Named[],
  wanted: readonly string[],
): string[] {
  const all = units.map(({ name }) => name);
  const meant = (one: string): string[] =>
    units.filter(({ name, service }) => name === one || service.name === one).map(({ name }) => name);
  const unknown = wanted.filter((one) => meant(one).length === 0);
  if (unknown.length > 0)
    throw new UserError(
      `${environment} has no service ${unknown.map((one) => `"${one}"`).join(", ")}: its services are ${all.join(", ")}.`,
    );
  return wanted.length === 0 ? all : [...new Set(wanted.flatMap(meant))];
}
