import { enumerated } from "../values/enumerated.ts";
import type { Attributes } from "./attributes.ts";

/** True where Terraform forgets the resource and Google Cloud keeps it. */
export function isAbandoned(attributes: Attributes): boolean {
  return attributes.string("deletion_policy") === "ABANDON";
}

/** "service backend", "services auth and backend"; empty where there is none. */
export function serviceNames(names: readonly string[]): string {
  if (names.length === 0) return "";
  return `${names.length === 1 ? "service" : "services"} ${enumerated([...names].sort())}`;
}

/** "service backend loses its database, ", the verb in singular or plural; empty where nobody uses it. */
export function usersOf(names: readonly string[], one: string, many: string): string {
  return names.length === 0 ? "" : `${serviceNames(names)} ${names.length === 1 ? one : many}, `;
}

/** "service backend loses the VPC permanently". */
export function lostAccess(users: readonly string[], what: string): string {
  return users.length === 0
    ? `no service of these plans uses it; whatever else does loses ${what}`
    : `${serviceNames(users)} ${users.length === 1 ? "loses" : "lose"} ${what}`;
}
