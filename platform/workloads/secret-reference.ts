import type { Environment } from "../schema/environment.ts";

export type DeclaredSecret = Environment["secrets"][number];

/** True of a secret that others manage in another project. */
export function isForeignSecret({ project }: Pick<DeclaredSecret, "project">): boolean {
  return project !== undefined;
}

/**
 * A secret as Cloud Run names it: by its id, or with its project where that is another one.
 * https://docs.cloud.google.com/run/docs/reference/rest/v2/EnvVarSource
 */
export function secretReference({ name, project }: Pick<DeclaredSecret, "name" | "project">): string {
  return project === undefined ? name : `projects/${project}/secrets/${name}`;
}

/** What a variable is read from: the secret of this name in its pinned version. */
export function pinnedSecret(
  { secrets }: Pick<Environment, "secrets">,
  name: string,
): { readonly secret: string; readonly version: number } {
  // A name that is not declared is reported by itself.
  const declared = secrets.find((secret) => secret.name === name);
  return {
    secret: declared === undefined ? name : secretReference(declared),
    version: declared?.version ?? 1,
  };
}
