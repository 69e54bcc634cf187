import type { Environment } from "../platform/schema/environment.ts";
import { UserError } from "../platform/user-error.ts";

/**
 * The services to roll out: all where none is named.
 *
 * @throws UserError for names that the environment does not have
 */
export function chosenServices(
  { name, services }: Pick<Environment, "name" | "services">,
  wanted: readonly string[],
): string[] {
  const all = services.map((service) => service.name);
  const unknown = wanted.filter((one) => !all.includes(one));
  if (unknown.length > 0)
    throw new UserError(
      `${name} has no service ${unknown.map((one) => `"${one}"`).join(", ")}: its services are ${all.join(", ")}.`,
    );
  return wanted.length === 0 ? all : [...wanted];
}
