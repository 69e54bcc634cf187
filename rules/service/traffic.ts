import { services, type TrafficTarget } from "../../analysis/workload/index.ts";
import type { Resource } from "../../graph/index.ts";
import { cloudRunLimits } from "../../resources/limits.ts";
import type { Rule, Violation } from "../rule.ts";

/** The traffic of a service adds up, and each share says where it goes. */
export const traffic: Rule = {
  id: "service/traffic",
  why: "Cloud Run rejects traffic that does not add up to 100%, and a share that names no revision or one too many.",
  limit: `${cloudRunLimits.trafficTotal.value}% in all; LATEST without a revision, REVISION with one`,
  fix: "Make the percentages add up to 100.",
  source: cloudRunLimits.trafficTotal.source,
  *check(graph) {
    for (const { resource, traffic } of services(graph)) {
      if (traffic.length === 0) continue;
      yield* total(resource, traffic);
      yield* tags(resource, traffic);
      for (const target of traffic) yield* destination(resource, target);
    }
  },
};

function* total(resource: Resource, traffic: readonly TrafficTarget[]): Iterable<Violation> {
  const percents = traffic.flatMap(({ percent }) => percent ?? []);
  if (percents.length < traffic.length) return;
  const sum = percents.reduce((all, percent) => all + percent, 0);
  if (sum === cloudRunLimits.trafficTotal.value) return;
  yield {
    resource,
    message: `the traffic adds up to ${sum}%; rejected by the API: it must add up to ${cloudRunLimits.trafficTotal.value}%.`,
  };
}

/** A tag becomes the first label of an address. */
function* tags(resource: Resource, traffic: readonly TrafficTarget[]): Iterable<Violation> {
  const names = traffic.flatMap(({ tag }) => tag ?? []);
  const wrong = names.find((tag) => tag !== "" && !/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(tag));
  if (wrong !== undefined)
    yield {
      resource,
      message: `tag is "${wrong}"; rejected by the API: a tag is part of a host name, lower-case letters, digits and hyphens, a letter first and no hyphen last.`,
      fix: 'Write for example "next-release".',
    };
  const twice = names.find((tag, index) => names.indexOf(tag) !== index);
  if (twice === undefined) return;
  yield {
    resource,
    message: `two traffic entries have the tag "${twice}"; rejected by the API: a tag is the address of one revision.`,
    fix: "Give each entry a tag of its own.",
  };
}

function* destination(resource: Resource, { revision, goesTo }: TrafficTarget): Iterable<Violation> {
  if (goesTo === "latest" && typeof revision === "string")
    yield {
      resource,
      message: `a traffic entry goes to the latest revision and names "${revision}"; rejected by the API: it goes to one of the two.`,
      fix: "Remove the revision, or send the traffic to it by name only.",
    };
  if (goesTo === "revision" && revision === undefined)
    yield {
      resource,
      message:
        "a traffic entry goes to a revision that it does not name; rejected by the API: the revision is required.",
      fix: 'Name the revision, for example "api-00042-abc", or send the traffic to the latest.',
    };
}
