import { manifests } from "../mesh/manifests.ts";
import { routeTimes } from "../platform/mesh-plan.ts";
import type { MeshEnvironment } from "../platform/schema/mesh.ts";
import { markdownTable } from "../values/markdown-table.ts";

/** The page of one environment behind Istio, for people who do not read the code. */
export function meshPage(environment: MeshEnvironment): string {
  const { name, project, region, mesh, objectives } = environment;
  return `${[
    `# ${name}`,
    `Generated from \`environments/${name}.ts\` by \`npm run docs\`; a test fails when it is stale.`,
    `Project \`${project}\`, cluster \`${mesh.cluster}\` in \`${region}\`, namespace \`${mesh.namespace}\`. Objectives: ${Number((objectives.availability * 100).toFixed(4))} % of requests succeed, 95th percentile below ${objectives.latency} s.`,
    "## Hosts and routes",
    `Gateway \`${mesh.gateway.name}\` on the pods with ${Object.entries(mesh.gateway.selector)
      .map(([key, value]) => `\`${key}: ${value}\``)
      .join(" and ")} in \`${mesh.gateway.namespace}\`.`,
    markdownTable(
      ["host", "path", "service", "one try", "retries", "timeout"],
      mesh.hosts.flatMap((host) =>
        host.routes.map((route) => {
          const { tryTimeout, retries, timeout } = routeTimes(environment, route);
          const path = route.prefix === "/" ? "everything else" : `${route.prefix} and below`;
          return [host.host, path, route.service, `${tryTimeout} s`, String(retries), `${timeout} s`];
        }),
      ),
    ),
    "## Certificates",
    markdownTable(
      ["host", "Secret", "made by", "http://"],
      mesh.hosts.map(({ host, tls, redirect }) => [
        host,
        `${mesh.gateway.namespace}/${tls.secret}`,
        tls.issuer === undefined ? "managed elsewhere" : `${tls.issuer.kind} ${tls.issuer.name}`,
        redirect ? "redirects" : "is served",
      ]),
    ),
    "## Objects",
    markdownTable(
      ["kind", "namespace", "name"],
      manifests(environment).map(({ kind, metadata }) => [kind, metadata.namespace, metadata.name]),
    ),
  ].join("\n\n")}\n`;
}
