import { workloads } from "../../analysis/workload/index.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const IMAGE = /^([a-z0-9-]+)-docker\.pkg\.dev\/([^/]+)\/([^/]+)\//;

/** An image comes from a repository that exists, in the location that its name begins with. */
export const imageRepository: Rule = {
  id: "reachability/image-repository",
  why: "The host of an image is the location of its repository: under another location there is no such repository, and no instance starts.",
  limit: "LOCATION-docker.pkg.dev/PROJECT/REPOSITORY/ names the location of the repository of that name",
  fix: "Write the location of the repository before -docker.pkg.dev.",
  source: "https://docs.cloud.google.com/artifact-registry/docs/docker/names",
  exampleSeverity: "warning",
  *check(graph) {
    const repositories = graph.all("google_artifact_registry_repository");
    if (repositories.length === 0) return;
    for (const { resource, containers } of workloads(graph))
      for (const { block } of containers) yield* evaluate(graph, repositories, resource, block.get("image"));
  },
};

function* evaluate(
  graph: Graph,
  repositories: readonly Resource[],
  workload: Resource,
  image: unknown,
): Iterable<Violation> {
  const [, location, project, id] = IMAGE.exec(typeof image === "string" ? image : "") ?? [];
  const named = repositories.filter(
    (repository) =>
      repository.string("repository_id") === id && [undefined, project].includes(graph.project(repository)),
  );
  const locations = named.map((repository) => graph.region(repository)?.toLowerCase());
  if (named.length === 0 || locations.includes(undefined) || locations.includes(location)) return;
  yield {
    resource: workload,
    severity: "warning",
    message: `image comes from ${location}-docker.pkg.dev, and ${named[0]?.address} is in ${locations[0]}; fails at run time: the image is not found there, and no instance starts.`,
    fix: `Write "${locations[0]}-docker.pkg.dev/${project}/${id}/...".`,
  };
}
