import { type Failure, failed } from "../check.ts";

/** What no other sentence explains, with the client's own words. */
export function unexpected(error: unknown, about: string): Failure {
  const words = error instanceof Error ? error.message || error.name : String(error);
  const [first = ""] = words.split("\n");
  return failed("infrastructure", `${about}: ${first}`);
}
