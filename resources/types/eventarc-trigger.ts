import type { Attributes } from "../attributes.ts";
import { atMostOneOf, choice, custom, form } from "../constraints/index.ts";
import { fullNameForm, fullNames } from "../full-name.ts";
import { lowerCaseName } from "../name-form.ts";
import type { ResourceType } from "../resource-type.ts";

/** What Eventarc needs to know besides the type of the event, by what the type begins with. */
const NEEDED: readonly (readonly [type: string, attributes: readonly string[]])[] = [
  ["google.cloud.audit.log.v1.written", ["serviceName", "methodName"]],
  ["google.cloud.storage.object.v1.", ["bucket"]],
  ["google.cloud.firestore.document.v1.", ["database"]],
];

/** The filters of an event, in a trigger or a function: what `type` is, and the attributes that have a value. */
export function* missingFilters(block: string, type: string | undefined, filters: readonly Attributes[]) {
  const names = filters.map((filter) => filter.string("attribute"));
  if (type === undefined || names.includes(undefined)) return;
  const [, needed = []] = NEEDED.find(([start]) => type.startsWith(start)) ?? [];
  for (const name of needed)
    if (!names.includes(name))
      yield {
        found: `${block} has no attribute "${name}" for ${type}`,
        because: "the event is chosen by it",
        fix: `Add ${block} { attribute = "${name}", value = "..." }.`,
      };
}

function* wrongCriteria(trigger: Attributes) {
  const criteria = trigger.blocks("matching_criteria");
  const isWhole = criteria.length > 0 && criteria.length === trigger.entries("matching_criteria");
  const names = criteria.map((each) => each.string("attribute"));
  if (!isWhole || names.includes(undefined)) return;
  const type = criteria.find((each) => each.string("attribute") === "type");
  if (type !== undefined) yield* missingFilters("matching_criteria", type.string("value"), criteria);
  else
    yield {
      found: 'matching_criteria has no attribute "type"',
      because: "a trigger waits for one type of event",
      fix: 'Add matching_criteria { attribute = "type", value = "google.cloud.pubsub.topic.v1.messagePublished" }.',
    };
}

/** Eventarc trigger. */
export const eventarcTrigger: ResourceType = {
  type: "google_eventarc_trigger",
  label: "trigger",
  nameScope: "region",
  collection: "triggers",
  importId: "projects/{project}/locations/{region}/triggers/{name}",
  requiredRole: "roles/eventarc.admin",
  deleteImpact: {
    destroyed: "its events are no longer sent; what happens until there is another one is lost",
  },
  references: {
    service_account: ["google_service_account"],
    "destination.cloud_run_service.service": ["google_cloud_run_v2_service", "google_cloud_run_service"],
  },
  fieldRules: [
    lowerCaseName(
      "https://docs.cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers/create",
    ),
    fullNames(
      "https://docs.cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers#Destination",
      [fullNameForm("destination.workflow", "projects/PROJECT/locations/LOCATION/workflows/NAME")],
    ),
    {
      id: "service/event-filter",
      why: "Eventarc matches events by attributes of its own, and passes on what is written.",
      source: "https://docs.cloud.google.com/eventarc/docs/event-types",
      constraints: [
        custom("channel: of the location of the trigger", function* (trigger, { region }) {
          const location = trigger.string("location") ?? region;
          const [, home] = /\/locations\/([^/]+)\/channels\//.exec(trigger.string("channel") ?? "") ?? [];
          if (home !== undefined && location !== undefined && home !== location)
            yield {
              found: `channel is in ${home} and location is ${location}`,
              because: "a trigger listens to channels of its own location",
              fix: `Set location = "${home}".`,
              source: "https://docs.cloud.google.com/eventarc/docs/third-parties/create-channels",
            };
        }),
        choice("operator", ["match-path-pattern"], { within: "matching_criteria[]" }),
        custom("matching_criteria: type, and what the type of event needs", wrongCriteria),
        atMostOneOf(["cloud_run_service", "cloud_function", "gke", "workflow", "http_endpoint"], {
          within: "destination",
          because: "a trigger has one destination",
          source:
            "https://docs.cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers#Destination",
        }),
        form("value", /^(?!google\.(storage|pubsub|firestore)\.)[A-Za-z]/, {
          within: "matching_criteria[]",
          when: { attribute: ["type"] },
          form: "an event of Eventarc, not one of first generation functions",
          examples: ["google.cloud.storage.object.v1.finalized"],
        }),
      ],
    },
  ],
};
