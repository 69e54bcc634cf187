import type { z } from "zod";
import { UserError } from "../platform/user-error.ts";

/**
 * What a host's API describes, in the shape that its documentation gives.
 *
 * @param host as people call it: "GitLab"
 * @param what "the project"
 * @throws UserError where it has another shape
 */
export function described<T>(host: string, schema: z.ZodType<T>, response: unknown, what: string): T {
  const { data, error } = schema.safeParse(response);
  if (error === undefined) return data as T;
  const [{ path = [], message = "" } = {}] = error.issues;
  throw new UserError(
    `${host} describes ${what} in an unknown shape (${path.map(String).join(".")}: ${message}).`,
  );
}
