import { factsOf } from "./index.ts";

/** Access to a resource is managed with the API of the resource. */
const ACCESS = /_iam_(member|binding|policy)$/;

/** The API that manages resources of the type, "run.googleapis.com"; undefined where the facts do not say. */
export function apiOf(type: string): string | undefined {
  const api = factsOf(type.replace(ACCESS, ""))?.api;
  return api === undefined ? undefined : `${api.split(".")[0]}.googleapis.com`;
}
