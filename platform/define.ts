/**
 * What an environment file imports, in addition to units: nothing else is loaded for it, so that it costs next to nothing. `parseEnvironment` checks its values.
 */
import type { EnvironmentInput } from "./schema/environment.ts";
import type { MeshEnvironmentInput } from "./schema/mesh.ts";

/** One entry of `services`, of `jobs` and of `workerPools`: for parts that several environments share. */
export type ServiceInput = EnvironmentInput["services"][number];
export type JobInput = NonNullable<EnvironmentInput["jobs"]>[number];
export type WorkerPoolInput = NonNullable<EnvironmentInput["workerPools"]>[number];

/** Types an environment file. */
export function defineEnvironment(input: EnvironmentInput): EnvironmentInput {
  return input;
}

/** Types the file of an environment behind Istio. */
export function defineMeshEnvironment(input: MeshEnvironmentInput): MeshEnvironmentInput {
  return input;
}
