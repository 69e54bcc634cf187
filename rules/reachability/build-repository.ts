import { follow } from "../../analysis/references/follow.ts";
import type { Rule } from "../rule.ts";

const REPOSITORY = "google_cloudbuildv2_repository";

/** A trigger of a connected repository is in the region of its connection. */
export const buildRepository: Rule = {
  id: "reachability/build-repository",
  why: "Repositories of the second generation belong to a connection in one region, and only triggers of that region see them.",
  limit:
    "location of a trigger with repository_event_config, and of a repository: that of the connection; of a private pool: that of the trigger",
  fix: "Set location to the region of the connection.",
  source: "https://docs.cloud.google.com/build/docs/automating-builds/github/connect-repo-github",
  *check(graph) {
    for (const trigger of graph.all("google_cloudbuild_trigger")) {
      const value = trigger.get("repository_event_config.repository");
      if (value === undefined) continue;
      const repository = follow(graph, value, [REPOSITORY], trigger);
      const written =
        typeof value === "string" ? /\/locations\/([^/]+)\/connections\//.exec(value)?.[1] : undefined;
      const home = repository === undefined ? written : (repository.string("location") ?? written);
      const location = trigger.get("location") === undefined ? "global" : trigger.string("location");
      if (home === undefined || location === undefined || home === location) continue;
      yield {
        resource: trigger,
        message: `location is ${location}, and its repository ${repository?.address ?? `"${String(value)}"`} is in ${home}; rejected by the API: a trigger sees the connections of its own region.`,
        fix: `Set location = "${home}".`,
      };
    }
    for (const trigger of graph.all("google_cloudbuild_trigger")) {
      const pool = trigger.get("build.options.worker_pool");
      const own = follow(graph, pool, ["google_cloudbuild_worker_pool"], trigger);
      const written =
        typeof pool === "string" ? /\/locations\/([^/]+)\/workerPools\//.exec(pool)?.[1] : undefined;
      const [home, location] = [own?.string("location") ?? written, trigger.string("location")];
      // A global trigger builds in the region of its pool.
      if (home === undefined || location === undefined || location === "global" || home === location)
        continue;
      yield {
        resource: trigger,
        message: `location is ${location}, and its pool ${own?.address ?? `"${String(pool)}"`} is in ${home}; rejected by the API: a trigger builds in pools of its own region.`,
        fix: `Name a pool in ${location}.`,
        source: "https://docs.cloud.google.com/build/docs/private-pools/run-builds-in-private-pool",
      };
    }
    for (const repository of graph.all(REPOSITORY)) {
      const connection = follow(
        graph,
        repository.get("parent_connection"),
        ["google_cloudbuildv2_connection"],
        repository,
      );
      const [own, home] = [repository.string("location"), connection?.string("location")];
      if (connection === undefined || own === undefined || home === undefined || own === home) continue;
      yield {
        resource: repository,
        message: `location is ${own}, and ${connection.address} is in ${home}; rejected by the API: a repository is in the region of its connection.`,
        fix: `Set location = "${home}".`,
      };
    }
  },
};
