/** What a project imports: its environments `defineEnvironment` and units, its main.ts `run`. */
export type { Project } from "./commands/project.ts";
export { run } from "./commands/run.ts";
export {
  defineEnvironment,
  defineMeshEnvironment,
  type JobInput,
  type ServiceInput,
  type WorkerPoolInput,
} from "./platform/define.ts";
export type { EnvironmentInput } from "./platform/schema/environment.ts";
export type { MeshEnvironmentInput } from "./platform/schema/mesh.ts";
export type { Cidr, Mebibytes, MegabitsPerSecond, Seconds } from "./platform/units.ts";
export { cidr, days, gibibytes, mebibytes, megabitsPerSecond, minutes, seconds } from "./platform/units.ts";
