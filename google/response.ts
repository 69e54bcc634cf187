import { z } from "zod";
import { UserError } from "../platform/user-error.ts";

/**
 * A response of one of Google's APIs, in the shape that its documentation states. Other fields are left out.
 *
 * @param what it is, for the message: "the service staging-auth"
 * @throws UserError where it has another shape: something else may answer in Google's place
 */
export function responseOf<T>(schema: z.ZodType<T>, response: unknown, what: string): T {
  const { data, error } = schema.safeParse(response);
  if (error === undefined) return data as T;
  const [{ path = [], message = "" } = {}] = error.issues;
  throw new UserError(
    `Google describes ${what} in an unknown shape (${path.length === 0 ? "" : `${path.map(String).join(".")}: `}${message}): check the network and its proxy, and that this version of the project is the newest.`,
  );
}

/** A 64-bit number, which Google writes as a text. */
export const int64 = z.string().regex(/^-?\d{1,19}$/, "is no 64-bit number");

/** A time of Google's, RFC 3339. */
export const timestamp = z.iso.datetime({ offset: true });
