import { appEngineRegions } from "../../resources/types/app-engine.ts";
import type { Rule } from "../rule.ts";

/** A version of App Engine uses a connector of the application's region. */
export const appEngineConnector: Rule = {
  id: "reachability/app-engine-connector",
  why: "A connector serves its own region only, and all of App Engine is in the region of the application.",
  limit: "the connector of a version is in the region of google_app_engine_application",
  fix: "Name a connector of the application's region.",
  source: "https://docs.cloud.google.com/appengine/docs/standard/connecting-vpc",
  *check(graph) {
    const [application, ...more] = graph.all("google_app_engine_application");
    const location = application?.string("location_id");
    if (location === undefined || more.length > 0) return;
    const region = appEngineRegions.get(location) ?? location;
    for (const version of graph.all("google_app_engine_standard_app_version")) {
      const target = graph.target(
        version.get("vpc_access_connector.name"),
        ["google_vpc_access_connector"],
        version,
      );
      const home = target.kind === "resource" ? graph.region(target.resource) : undefined;
      if (target.kind !== "resource" || home === undefined || home === region) continue;
      yield {
        resource: version,
        message: `it runs in ${region}, but the connector ${target.resource.address} is in ${home}; rejected by the API: a connector serves its own region only.`,
        fix: `Name a connector in ${region}.`,
      };
    }
  },
};
