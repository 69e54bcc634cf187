import { projectNumberOf } from "../edge/service-address.ts";
import type { Issue, Path } from "../issue.ts";
import { type Environment, type Event, pathOf } from "../schema/environment.ts";
import { undeclared } from "./undeclared.ts";

type Plan = Pick<
  Environment,
  "project" | "projectNumber" | "delivery" | "services" | "jobs" | "workerPools" | "buckets" | "topics"
>;

/** Events with one source that exists, and names of their own. */
export function events(plan: Plan): Issue[] {
  const all = plan.services.flatMap((service) =>
    (service.events ?? []).map((event, index) => ({
      event,
      service: service.name,
      path: [...pathOf(plan, service), "events", index] as Path,
    })),
  );
  return [
    ...all.flatMap(({ event, path }, position) => [
      ...sources(plan, event, path),
      ...takenName(all, position),
    ]),
    ...missingNumber(plan),
  ];
}

const SOURCES = ["bucket", "topic", "audit"] as const;

function sources({ buckets = [], topics = [] }: Plan, event: Event, path: Path): Issue[] {
  const { bucket, topic, change } = event;
  const written = SOURCES.filter((key) => event[key] !== undefined);
  return [
    ...(written.length === 1
      ? []
      : [
          {
            path: [...path],
            value: written.length === 0 ? "without a source" : written.join(" and "),
            allowed: "an event comes from one of bucket, topic and audit",
            fix: written.length === 0 ? 'write for example bucket: "uploads"' : "make an entry of each",
            uses: SOURCES.map((key): Path => [...path, key]),
          },
        ]),
    ...(bucket === undefined
      ? []
      : undeclared({ noun: "bucket", section: "buckets", names: buckets.map(({ name }) => name) }, bucket, [
          ...path,
          "bucket",
        ])),
    ...(topic === undefined
      ? []
      : undeclared({ noun: "topic", section: "topics", names: topics.map(({ name }) => name) }, topic, [
          ...path,
          "topic",
        ])),
    ...(change === undefined || bucket !== undefined
      ? []
      : [
          {
            path: [...path, "change"],
            value: `"${change}"`,
            allowed: "it is what happens to an object, and the event is not of a bucket",
            fix: "remove it, or write bucket",
            uses: [[...path, "bucket"]],
          },
        ]),
  ];
}

function takenName(
  all: readonly { readonly event: Event; readonly service: string; readonly path: Path }[],
  position: number,
): Issue[] {
  const own = all[position];
  const first = all.findIndex(({ event }) => event.name === own?.event.name);
  const owner = all[first];
  if (own === undefined || owner === undefined || first === position) return [];
  return [
    {
      path: [...own.path, "name"],
      value: `"${own.event.name}"`,
      allowed: `an event of ${owner.service} has this name, and each is a trigger of its own`,
      fix: "give each its own name",
      uses: [[...owner.path, "name"]],
    },
  ];
}

function missingNumber(plan: Plan): Issue[] {
  const watching = plan.services.find(({ events: own = [] }) =>
    own.some(({ bucket }) => bucket !== undefined),
  );
  if (watching === undefined || projectNumberOf(plan) !== undefined) return [];
  return [
    {
      path: ["projectNumber"],
      value: "missing",
      allowed: `${watching.name} waits for events of a bucket, and the account as which Cloud Storage sends them holds the number of the project`,
      fix: `add it: gcloud projects describe ${plan.project} --format="value(projectNumber)"`,
    },
  ];
}
