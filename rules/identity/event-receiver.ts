import {
  agentMayHold,
  holdsRole,
  isAbove,
  PUBLISHING_ROLES,
  runsAs,
} from "../../analysis/identity/grants.ts";
import type { Graph, Resource } from "../../graph/index.ts";
import type { Rule, Violation } from "../rule.ts";

const RECEIVER = ["roles/eventarc.eventReceiver", "roles/eventarc.admin", "roles/editor", "roles/owner"];

/** A trigger's account may receive events, and what sends them may publish. */
export const eventReceiver: Rule = {
  id: "identity/event-receiver",
  why: "Eventarc delivers events of Google's services as the account of the trigger, which needs the right to receive them; Cloud Storage sends its events through Pub/Sub.",
  limit:
    "roles/eventarc.eventReceiver on the project for the account of a trigger of Google's events; roles/pubsub.publisher for the service agent of Cloud Storage; roles/workflows.invoker where it starts a workflow",
  fix: "Grant roles/eventarc.eventReceiver on the project to the account of the trigger.",
  source: "https://docs.cloud.google.com/eventarc/standard/docs/run/roles-permissions",
  exampleSeverity: "warning",
  *check(graph) {
    if (!graph.complete) return;
    for (const trigger of graph.all("google_eventarc_trigger")) {
      const type = trigger
        .blocks("matching_criteria")
        .find((each) => each.string("attribute") === "type")
        ?.string("value");
      yield* evaluate(graph, trigger, type, "service_account");
      yield* runsWorkflow(graph, trigger);
    }
    for (const each of graph.all("google_cloudfunctions2_function"))
      yield* evaluate(
        graph,
        each,
        each.string("event_trigger.event_type"),
        "event_trigger.service_account_email",
      );
  },
};

const WORKFLOW_ROLES = ["roles/workflows.invoker", "roles/workflows.admin", "roles/editor", "roles/owner"];

/** What starts a workflow does so with the rights of the trigger's account. */
function* runsWorkflow(graph: Graph, trigger: Resource): Iterable<Violation> {
  const account = runsAs(graph, trigger.get("service_account"), trigger);
  if (trigger.get("destination.workflow") === undefined || account === undefined) return;
  if (holdsRole(graph, account, WORKFLOW_ROLES, onProject) !== "no") return;
  yield {
    resource: trigger,
    severity: "warning",
    message: `service_account is ${account.address}, which has no ${WORKFLOW_ROLES[0]} on the project; fails at run time: it may not start the workflow.`,
    fix: `Grant ${WORKFLOW_ROLES[0]} on the project to ${account.address}.`,
  };
}

function* evaluate(
  graph: Graph,
  trigger: Resource,
  type: string | undefined,
  attribute: string,
): Iterable<Violation> {
  // Messages of a topic come by Pub/Sub alone, and need no right to receive events.
  if (type === undefined || !type.startsWith("google.cloud.") || type.includes(".pubsub.")) return;
  const account = runsAs(graph, trigger.get(attribute), trigger);
  if (account !== undefined && holdsRole(graph, account, RECEIVER, onProject) === "no")
    yield {
      resource: trigger,
      severity: "warning",
      message: `${attribute} is ${account.address}, which has no ${RECEIVER[0]} on the project; rejected by the API: the trigger may not receive ${type}.`,
      fix: `Grant ${RECEIVER[0]} on the project to ${account.address}.`,
    };
  if (
    type.startsWith("google.cloud.storage.") &&
    !agentMayHold(graph, "gs-project-accounts", PUBLISHING_ROLES, [])
  )
    yield {
      resource: trigger,
      severity: "warning",
      message: `it waits for ${type}, and the service agent of Cloud Storage has no ${PUBLISHING_ROLES[0]} on the project; rejected by the API: events of a bucket are published to Pub/Sub.`,
      fix: `Grant ${PUBLISHING_ROLES[0]} on the project to "serviceAccount:\${data.google_storage_project_service_account.this.email_address}".`,
    };
}

const onProject: Parameters<typeof holdsRole>[3] = (grant) => (isAbove(grant) ? "yes" : "no");
