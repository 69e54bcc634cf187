import { routeTimes } from "../../platform/mesh-plan.ts";
import type { MeshEnvironment } from "../../platform/schema/mesh.ts";
import type { SynthesizedStack } from "../../synthesis/synthesize.ts";
import { colors } from "../colors.ts";
import { table } from "../table.ts";
import { stackLines } from "./report.ts";

/** Summary of a mesh's ingress before its deployment. */
export function meshReport(environment: MeshEnvironment, stacks: readonly SynthesizedStack[]): string[] {
  const { mesh } = environment;
  return [
    colors.bold(
      `${environment.name}  (${environment.project}, ${environment.region}, cluster ${mesh.cluster})`,
    ),
    "",
    ...stackLines(stacks),
    `  ${colors.cyan(`Routes of gateway ${mesh.namespace}/${mesh.gateway.name}`)}`,
    ...mesh.hosts.flatMap((host) => [
      `    ${host.host}`,
      ...table(
        [
          ["path", "service", "one try", "retries", "timeout"],
          ...host.routes.map((route) => {
            const { tryTimeout, retries, timeout } = routeTimes(environment, route);
            return [
              route.prefix === "/" ? "everything else" : `${route.prefix} and below`,
              route.service,
              `${tryTimeout} s`,
              String(retries),
              `${timeout} s`,
            ];
          }),
        ],
        "      ",
      ),
    ]),
    "",
  ];
}
