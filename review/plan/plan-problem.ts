import { beyondResources, ENCRYPTED, isObject, type Json, listOf, objectOf, own } from "../../graph/index.ts";

/** Formats of `terraform show -json` that can be read: since Terraform 1.1 and in every OpenTofu. */
const FORMAT = /^1\./;

/** Why the plan cannot be reviewed, one sentence with the remedy. */
export function planProblem(json: unknown): string | undefined {
  return noPlan(json) ?? unfinished(objectOf(json));
}

/** Why the JSON cannot be read as a plan: wrong use. */
export function noPlan(json: unknown): string | undefined {
  if (!isObject(json)) return `this is not a plan; ${SHOW}.`;
  if ("encrypted_data" in json) return `this is ${ENCRYPTED}, and give what that prints.`;
  if (isStateFile(json)) return `this is a state file, not a plan; ${SHOW}.`;
  if (isShownState(json)) return `this is a state, not a plan; ${SHOW}.`;
  if (isEventStream(json)) return `this is the log of \`terraform plan -json\`; ${SHOW}.`;
  if (!isPlan(json)) return `this is not a plan of Terraform or OpenTofu; ${SHOW}.`;
  const format = String(own(json, "format_version") ?? "");
  if (!FORMAT.test(format))
    return `the plan is of format ${format === "" ? "(none)" : format}, and 1.x can be read; plan with Terraform 1.1 or later, or with OpenTofu.`;
  if (isRefreshOnly(json))
    return "this is a refresh-only plan, which changes nothing; `npm run drift` reads those.";
  return undefined;
}

function unfinished(json: Json): string | undefined {
  if (json.errored === true)
    return "the plan failed halfway; fix the error that Terraform reports and plan again.";
  const { isPartial, runsActions } = beyondResources(json);
  if (isPartial)
    return "the plan covers a part of the stack only (-target, or deferred changes); plan the whole stack.";
  if (runsActions)
    return "the plan runs actions of a provider (Terraform 1.14, action_trigger), and what those do is not in the plan; take the triggers out, and run the actions by themselves (terraform apply -invoke).";
  return undefined;
}

const SHOW = "make one with `terraform plan -out=FILE` and `terraform show -json FILE`";

function isPlan(json: Json): boolean {
  return "planned_values" in json;
}

function isStateFile(json: Json): boolean {
  return "serial" in json && "lineage" in json;
}

function isShownState(json: Json): boolean {
  return "format_version" in json && !isPlan(json) && !("resource_changes" in json);
}

function isEventStream(json: Json): boolean {
  return "@level" in json || "@message" in json;
}

/** Any other plan lists every resource, also those that stay as they are. */
function isRefreshOnly(json: Json): boolean {
  if ("resource_changes" in json) return false;
  const prior = objectOf(own(objectOf(own(json, "prior_state")), "values"));
  return [objectOf(own(json, "planned_values")), prior].some((values) => {
    const root = objectOf(own(values, "root_module"));
    return listOf(own(root, "resources")).length > 0 || listOf(own(root, "child_modules")).length > 0;
  });
}
